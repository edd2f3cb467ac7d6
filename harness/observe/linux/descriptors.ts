/** Open descriptors: /proc/PID/fd, what each link leads to, and its fdinfo. */

import { type BigIntStats, readdirSync, readlinkSync, statSync } from 'node:fs';
import { type Descriptor, type DescriptorKind, type Fact, isUnreadable } from '../../facts/process.ts';
import { deviceName, deviceOfStat } from './device-number.ts';
import { readProcPidFdinfo } from './proc-pid-fdinfo.ts';
import { errnoOf, reading } from './reading.ts';
import { isTerminalDevice } from './tty-name.ts';

export interface OpenDescriptors {
  /** In the order of their numbers. */
  readonly descriptors: readonly Descriptor[];
  /** A clock may make one of them ready: a timerfd that is set, or an io_uring, which tells no timeouts. */
  readonly clocked: boolean;
  /** The timerfds that are set, and when they expire. */
  readonly timerfds: readonly { readonly fd: number; readonly expiresInMs: number }[];
  /** Masks of the signalfds. */
  readonly signalMasks: readonly string[];
}

/**
 * What a descriptor is. The null device is known by its number, since any file may be named null and a node of
 * that number may be anywhere; `stat` is null where stat(2) failed, and then the target alone must do.
 */
export function descriptorKind(target: string, stat: BigIntStats | null): DescriptorKind {
  // A path starts with '/' or '(', so this prefix is the kernel's. Its inode has no type, or (Linux 6.15) a file's.
  if (target.startsWith('anon_inode:')) return 'anonymous';
  if (stat === null) {
    if (target.startsWith('pipe:[')) return 'pipe';
    return target.startsWith('socket:[') ? 'socket' : 'unknown';
  }
  if (stat.isCharacterDevice()) {
    const device = deviceOfStat(stat.rdev);
    if (device.major === 1 && device.minor === 3) return 'null-device';
    return isTerminalDevice(device) ? 'terminal' : 'character-device';
  }
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  if (stat.isFIFO()) return 'pipe';
  if (stat.isSocket()) return 'socket';
  return stat.isBlockDevice() ? 'block-device' : 'unknown';
}

/**
 * Reads the descriptors of the process or thread at `base` (`/proc/402`). One that is closed meanwhile is left
 * out. Needs PTRACE_MODE_READ_FSCREDS, ptrace(2): where listing is allowed and following is not, as for root
 * on a process with capabilities that root lacks, the whole fact is unreadable.
 */
export function readDescriptors(base: string, planted: ReadonlyMap<string, string>): Fact<OpenDescriptors> {
  const names = reading(`${base}/fd`, (path) => readdirSync(path));
  if (isUnreadable(names)) return names;
  const descriptors: Descriptor[] = [];
  const signalMasks: string[] = [];
  const timerfds: { readonly fd: number; readonly expiresInMs: number }[] = [];
  let clocked = false;
  for (const fd of names.map(Number).sort((a, b) => a - b)) {
    const path = `${base}/fd/${fd}`;
    const target = reading(path, linkOrNull);
    if (isUnreadable(target)) return target;
    if (target === null) continue;
    const stat = reading(path, statOrNull);
    const known = isUnreadable(stat) ? null : stat;
    const kind = descriptorKind(target, known);
    const isDevice = known !== null && (known.isCharacterDevice() || known.isBlockDevice());
    // All anonymous inodes may be one and the same, so they name no object.
    const identity = known === null || kind === 'anonymous' ? null : `${known.dev}:${known.ino}`;
    const info = readProcPidFdinfo(`${base}/fdinfo/${fd}`);
    const readable = isUnreadable(info) ? null : info;
    descriptors.push({
      fd,
      target,
      kind,
      access: readable?.access ?? 'unknown',
      device: isDevice ? deviceName(deviceOfStat(known.rdev)) : null,
      identity,
      deleted: known !== null && known.nlink === 0n,
      closeOnExec: readable?.closeOnExec ?? null,
      planted: identity === null ? null : (planted.get(identity) ?? null),
    });
    if (kind === 'anonymous') {
      const silentTimer = target === 'anon_inode:[timerfd]' && readable === null;
      clocked ||= silentTimer || (readable?.armedTimer ?? false) || target === 'anon_inode:[io_uring]';
      const expiresInMs = readable?.expiresInMs ?? null;
      if (expiresInMs !== null) timerfds.push({ fd, expiresInMs });
      if (readable?.signalMask) signalMasks.push(readable.signalMask);
    }
  }
  return { descriptors, clocked, timerfds, signalMasks };
}

function linkOrNull(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    const errno = errnoOf(error);
    // Closed since the directory was read.
    if (errno === 'ENOENT') return null;
    // The file is open all the same, and stat(2) tells its kind.
    if (errno === 'ENAMETOOLONG') return '(path longer than PATH_MAX)';
    throw error;
  }
}

function statOrNull(path: string): BigIntStats | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}
