/** /proc/PID/fdinfo/N, proc_pid_fdinfo(5): flags of the open file description, and what its kind adds. */

import { type Access, type Fact, isUnreadable } from '../../facts/process.ts';
import { O_PATH } from '../../libc/linux/fcntl.ts';
import { reading, textOf } from './reading.ts';

export interface ProcPidFdinfo {
  readonly access: Access;
  /** Null where the kernel prints no flags. */
  readonly closeOnExec: boolean | null;
  /** A timerfd that is set, or one of which the kernel does not say so. */
  readonly armedTimer: boolean;
  /** When the timerfd expires next, in milliseconds; null for any other file, one that is not set, or not told. */
  readonly expiresInMs: number | null;
  /** Signal mask of a signalfd; null for any other file. */
  readonly signalMask: string | null;
}

// include/uapi/asm-generic/fcntl.h; x86 and ARM have the same values. The file prints them in octal.
const O_ACCMODE = 0o3;
const O_CLOEXEC = 0o2000000;

export function parseProcPidFdinfo(text: string): ProcPidFdinfo {
  const flagsText = /^flags:\s*([0-7]+)$/m.exec(text)?.[1];
  const flags = flagsText === undefined ? null : Number.parseInt(flagsText, 8);
  return {
    access: flags === null ? 'unknown' : accessOf(flags),
    closeOnExec: flags === null ? null : (flags & O_CLOEXEC) !== 0,
    expiresInMs: isTimer(text) ? expiryIn(text) : null,
    armedTimer: isTimer(text) && !/^it_value: \(0, 0\)$/m.test(text),
    signalMask: /^sigmask:\s*([0-9a-f]+)$/m.exec(text)?.[1] ?? null,
  };
}

function accessOf(flags: number): Access {
  if ((flags & O_PATH) !== 0) return 'path';
  // 3 opens a device for ioctl(2) alone, open(2) NOTES.
  return (['read', 'write', 'read-write', 'unknown'] as const)[flags & O_ACCMODE] ?? 'unknown';
}

function expiryIn(text: string): number | null {
  const [, seconds = '0', nanoseconds = '0'] = /^it_value: \((\d+), (\d+)\)$/m.exec(text) ?? [];
  const ms = Number(seconds) * 1000 + Number(nanoseconds) / 1e6;
  return ms === 0 ? null : ms;
}

// timerfd_show(), fs/timerfd.c
function isTimer(text: string): boolean {
  return text.includes('\nclockid:') || text.includes('\nsettime flags:');
}

export function readProcPidFdinfo(path: string): Fact<ProcPidFdinfo> {
  const text = reading(path, textOf);
  return isUnreadable(text) ? text : parseProcPidFdinfo(text);
}
