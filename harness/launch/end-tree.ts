/**
 * Ending everything a process has below it, and nothing else.
 *
 * Where orphans are handed to it only direct children are signalled, alone and by process group: a child that has not
 * been waited for keeps its process ID and its group from being given to anybody else, so no signal can go astray.
 * What a child leaves behind is adopted, becomes a direct child and is ended in the next round.
 */

import { readFileSync } from 'node:fs';
import { pidOutside } from '../isolation/process-ids.ts';
import { signalNumber } from '../libc/platform.ts';
import { kill } from '../libc/signal.ts';
import { getpgid } from '../libc/unistd.ts';
import { type HeldProcess, reaper } from './reaper.ts';

const SIGTERM = signalNumber('SIGTERM') ?? 15;
export const SIGKILL = signalNumber('SIGKILL') ?? 9;

/** A killed process is gone in microseconds, unless it sleeps uninterruptibly or may not be killed. */
export const endingDeadlineMs = 3000;

export interface LeftProcess {
  readonly pid: number;
  readonly because: string;
}

/** Everything below the caller but what descends from the spared ones. */
export function below(spared: ReadonlySet<number>): readonly HeldProcess[] {
  return reaper.below().filter(({ root }) => !spared.has(root));
}

/** What was asked to end has so long at most. */
const politeMs = 2000;
/** And so long after it was last seen to do anything: a handler may wait for a moment, for its workers for instance. */
const quietMs = 100;
/** Where the system does not tell what a process does: enough to remove a socket. */
const politeElsewhereMs = 10;

const termBit = 1n << BigInt(SIGTERM - 1);

/** A mask of /proc/PID/status, proc_pid_status(5). */
function maskIn(status: string, name: string): bigint {
  const [, mask = '0'] = new RegExp(`^${name}:\\s*([0-9a-f]+)$`, 'm').exec(status) ?? [];
  return BigInt(`0x${mask}`);
}

/** It blocks or ignores SIGTERM and sleeps: nothing is to be waited for. */
function refuses(status: string): boolean {
  const deaf = maskIn(status, 'SigIgn') | maskIn(status, 'SigBlk');
  // Whoever waits by sigwait(3) does not show that it blocks the signal; nothing is pending there.
  const took = ((maskIn(status, 'ShdPnd') | maskIn(status, 'SigIgn')) & termBit) === 0n;
  return (deaf & termBit) !== 0n && !took;
}

/** Lines of /proc/PID/status that change with what the process does. SigQ counts for all processes of its user. */
const ofItsOwn = /^(?:State|Threads|SigPnd|ShdPnd|\w+_ctxt_switches):.*$/gm;

/** Runnable or waiting for a disk, proc_pid_status(5): it would do something if only the machine let it. */
const heldUp = /^State:\s+[RD]/m;

interface Doings {
  /** Changes with everything that is done. */
  readonly text: string;
  readonly heldUp: boolean;
}

/** What all that is left below does; null where all of it refuses to end. */
function doings(): Doings | null {
  const processes = reaper.below().map(({ pid }) => {
    try {
      return [
        readFileSync(`/proc/${pid}/status`, 'latin1'),
        readFileSync(`/proc/${pid}/schedstat`, 'latin1'),
      ] as const;
    } catch {
      // It has ended, or /proc hides it.
      return ['', String(pid)] as const;
    }
  });
  if (processes.every(([status]) => refuses(status))) return null;
  const text = processes.flatMap(([status, schedstat]) => [...(status.match(ofItsOwn) ?? []), schedstat]);
  return { text: text.join('\n'), heldUp: processes.some(([status]) => heldUp.test(status)) };
}

/** Until when what was asked to end is given time, CLOCK_MONOTONIC in milliseconds: as long as it does something. */
export function politeness(nowMs: () => number): () => boolean {
  const beganMs = nowMs();
  if (process.platform !== 'linux') return () => nowMs() - beganMs < politeElsewhereMs;
  let [seen, sinceMs] = ['', beganMs];
  return () => {
    const now = doings();
    if (now === null) return false;
    const atMs = nowMs();
    if (now.heldUp || now.text !== seen) [seen, sinceMs] = [now.text, atMs];
    return atMs - sinceMs < quietMs && atMs - beganMs < politeMs;
  };
}

/** SIGTERM to the children: a daemon ends its workers itself. */
export function askToEnd(): void {
  for (const { pid } of reaper.below()) kill(pid, SIGTERM);
}

/** One round: SIGKILL to everything but what descends from the spared, and to its groups. Returns those that refused. */
export function killBelow(spared: ReadonlySet<number>): readonly LeftProcess[] {
  const ownGroup = getpgid(0).value;
  const groups = new Set<number>();
  const left: LeftProcess[] = [];
  for (const { pid } of below(spared)) {
    const group = getpgid(pid).value;
    if (group > 1 && group !== ownGroup && !groups.has(group)) {
      groups.add(group);
      kill(-group, SIGKILL);
    }
    const sent = kill(pid, SIGKILL);
    if (sent.errno !== null && sent.errno !== 'ESRCH') {
      left.push({ pid: pidOutside(pid), because: `kill(${pid}, SIGKILL): ${sent.errno}` });
    }
  }
  return left;
}
