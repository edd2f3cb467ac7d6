/** What a stage does to its launch when a probe asks for it. */

import { createRequire } from 'node:module';
import type { FileReading } from '../facts/file.ts';
import { pidInside, pidOutside } from '../isolation/process-ids.ts';
import { F_GETLK, F_OFD_SETLK, F_WRLCK, lock, O_RDWR, open } from '../libc/fcntl.ts';
import { must } from '../libc/library.ts';
import { umount } from '../libc/linux/sys-mount.ts';
import { platform, signalNumber } from '../libc/platform.ts';
import { kill } from '../libc/signal.ts';
import { flock, LOCK_EX, LOCK_NB, LOCK_UN } from '../libc/sys-file.ts';
import { processorTimeOfChildren } from '../libc/sys-resource.ts';
import { close, getpid, write } from '../libc/unistd.ts';
import { readBeginning } from '../observe/file-reading.ts';
import type { Kin } from '../observe/kin.ts';
import { everyProcess as everyLinuxProcess, kinOf } from '../observe/linux/kin.ts';
import type { Terminal } from './dimensions/terminal.ts';
import { type Action, lockedBytes, type OutputStream } from './protocol.ts';
import { reaper } from './reaper.ts';

export interface ActResult {
  readonly errno: string | null;
  readonly reached: readonly number[];
  readonly held: readonly string[];
  readonly file: FileReading | null;
  readonly endedUsedMs: number | null;
}

/** What an action may touch: what belongs to the launch, and nothing else. */
export interface Scene {
  /** Session of the launch. */
  readonly session: number;
  readonly starter: number;
  readonly terminal: Terminal | null;
  /** What the stage reads, by descriptor; what is closed is taken out. */
  readonly outputs: Map<number, OutputStream>;
  readonly lockedFile: string | null;
  /** Where a file system of the launch's own is mounted. */
  readonly mounted: string | null;
  /** Processor time of what had ended below the stage before the launch. */
  readonly usedBeforeMs: number;
  /** Lets go what a held start still holds. */
  readonly letGo: () => void;
}

function acted(
  errno: string | null,
  reached: readonly number[] = [],
  held: readonly string[] = [],
): ActResult {
  return { errno, reached, held, file: null, endedUsedMs: null };
}

/** A chain of parents that is longer has been read while it changed. */
const deepestTree = 100_000;

function everyProcess(): readonly Kin[] {
  if (process.platform === 'linux') return everyLinuxProcess();
  // Only there: the launcher of Linux has no observer in it.
  const { observer } = createRequire(__filename)(
    '../observe/system.js',
  ) as typeof import('../observe/system.ts');
  return observer().everyProcess();
}

/** Parent of any process: on Linux one file says it, elsewhere the list of all. */
function parentFinder(): (pid: number) => number {
  if (process.platform === 'linux') return (pid) => kinOf(pid)?.parent ?? 0;
  const parents = new Map(everyProcess().map((one) => [one.pid, one.parent]));
  return (pid) => parents.get(pid) ?? 0;
}

/** Whether a process descends from the calling one. Each link is a parent that has not been waited for. */
function isDescendant(pid: number): boolean {
  if (!reaper.adopts) return reaper.below().some((one) => one.pid === pid);
  const self = getpid();
  const parentOf = parentFinder();
  for (let at = parentOf(pid), steps = 0; at > 0 && steps < deepestTree; steps++) {
    if (at === self) return true;
    at = parentOf(at);
  }
  return false;
}

/**
 * The session of the launch is the stage's own, or the program's where that is the leader. All its members descend
 * from the stage, so the groups hold nobody else's processes. The stage's own group is left out.
 */
function signalSession(session: number, signals: readonly string[]): ActResult {
  const self = getpid();
  const members = everyProcess().filter(
    (one) => one.session === session && one.pid !== self && one.group !== self,
  );
  const groups = new Set(members.map(({ group }) => group));
  const reached = members.map(({ pid }) => pidOutside(pid));
  let errno: string | null = null;
  for (const signal of signals) {
    for (const group of groups) {
      const sent = kill(-group, signalNumber(signal) ?? 0);
      if (sent.errno !== null && sent.errno !== 'ESRCH') errno = sent.errno;
    }
  }
  return acted(errno, reached);
}

/** As long as a descendant is in the group, its number is given to nobody else. */
export function signalGroup(group: number, signal: string): ActResult {
  const members = everyProcess().filter((one) => one.group === group && isDescendant(one.pid));
  if (members.length === 0) return acted('ESRCH');
  const reached = members.map(({ pid }) => pidOutside(pid));
  return acted(kill(-group, signalNumber(signal) ?? 0).errno, reached);
}

/** Through an open file description of the stage's own, with which no lock of the program agrees. */
function relock(path: string): ActResult {
  const file = must(`open(${path})`, open(path, O_RDWR | platform.O_CLOEXEC));
  const held: string[] = [];
  // Where flock(2) and fcntl(2) exclude each other, as on the BSDs, F_GETLK would find this one.
  if (flock(file, LOCK_EX | LOCK_NB).errno !== null) held.push('flock');
  else flock(file, LOCK_UN);
  for (const [name, byte] of Object.entries(lockedBytes)) {
    const { holder } = lock(file, F_GETLK, F_WRLCK, byte);
    // Of no process: a lock of an open file description, or where there is none, the flock(2) that is told already.
    const isOfNone = holder === -1;
    if (holder !== null && !(isOfNone && F_OFD_SETLK === null)) held.push(name);
  }
  close(file);
  return acted(null, [], held);
}

function closeOutputs(outputs: Map<number, OutputStream>): ActResult {
  for (const [fd, stream] of outputs) {
    if (stream !== 'stdout' && stream !== 'stderr') continue;
    close(fd);
    outputs.delete(fd);
  }
  return acted(null);
}

function hangUp(terminal: Terminal, outputs: Map<number, OutputStream>): ActResult {
  outputs.delete(terminal.master);
  close(terminal.slave);
  return acted(close(terminal.master).errno);
}

export function act(
  action: Action,
  { session, starter, terminal, outputs, lockedFile, mounted, usedBeforeMs, letGo }: Scene,
): ActResult {
  switch (action.kind) {
    case 'hang-up':
      return terminal === null ? acted('ENOTTY') : hangUp(terminal, outputs);
    case 'type':
      return terminal === null
        ? acted('ENOTTY')
        : acted(write(terminal.master, Buffer.from(action.text, 'latin1')).errno);
    case 'prompt':
      return terminal === null
        ? acted('ENOTTY')
        : acted(write(terminal.slave, Buffer.from(action.text, 'latin1')).errno);
    case 'close-outputs':
      return closeOutputs(outputs);
    case 'relock':
      return lockedFile === null ? acted('ENOENT') : relock(lockedFile);
    case 'signal-session':
      return signalSession(session, action.signals);
    case 'signal-group':
      return signalGroup(starter, action.signal);
    case 'read-file':
      return { ...acted(null), file: readBeginning(action.path) };
    case 'processor-time':
      return { ...acted(null), endedUsedMs: processorTimeOfChildren() - usedBeforeMs };
    case 'unmount':
      return acted(mounted === null ? 'ENOENT' : umount(mounted).errno);
    case 'let-go':
      letGo();
      return acted(null);
    case 'signal': {
      const pid = pidInside(action.pid);
      if (!isDescendant(pid)) return acted('ESRCH');
      const { errno } = kill(pid, signalNumber(action.signal) ?? 0);
      return acted(errno, errno === null ? [action.pid] : []);
    }
  }
}
