/**
 * SIGTERM before SIGKILL: what a daemon keeps in /tmp or /run it then removes itself, and the next launch does not find
 * it. It is waited for as long as it shows that it is ending; nothing is unblocked, and nobody is asked twice.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { signalNumber } from '../libc/platform.ts';
import { kill } from '../libc/signal.ts';
import { reaper } from './reaper.ts';

/** It is waited for so long after it was last seen to do anything, milliseconds: a handler may wait for a moment, for its workers for instance. */
const quietMs = 100;
/** Where the system does not tell what a process does: enough to remove a socket. */
const politeElsewhereMs = 10;

const SIGTERM = signalNumber('SIGTERM') ?? 15;
const termBit = 1n << BigInt(SIGTERM - 1);

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    // It has ended, or /proc hides it.
    return '';
  }
}

/** A mask of /proc/PID/status, proc_pid_status(5). */
function maskIn(status: string, name: string): bigint {
  const [, mask = '0'] = new RegExp(`^${name}:\\s*([0-9a-f]+)$`, 'm').exec(status) ?? [];
  return BigInt(`0x${mask}`);
}

/**
 * It blocks or ignores SIGTERM and sleeps: nothing is to be waited for.
 * @param caught when it was asked: whoever ignores it since then has taken it, and once is enough for it
 */
function refuses(status: string, caught: boolean): boolean {
  const ignored = maskIn(status, 'SigIgn');
  if ((ignored & termBit) !== 0n) return !caught;
  // Whoever waits by sigwait(3) does not show that it blocks the signal; nothing is pending there.
  return (maskIn(status, 'SigBlk') & maskIn(status, 'ShdPnd') & termBit) !== 0n;
}

/** Lines of /proc/PID/status that change with what the process does. SigQ counts for all processes of its user. */
const ofItsOwn = /^(?:State|Threads|SigPnd|ShdPnd|\w+_ctxt_switches):.*$/gm;

/** Runnable or waiting for a disk, proc_pid_status(5): it would do something if only the machine let it. */
const heldUp = /^State:\s+[RD]/m;

interface ActivityReading {
  /** Changes with everything that is done. */
  readonly text: string;
  readonly heldUp: boolean;
}

/** What has been asked, and whether it caught SIGTERM then. */
type TerminationRequests = Map<number, boolean>;

/** What all that is left below does; null where all of it refuses to end. */
function doings(asked: TerminationRequests): ActivityReading | null {
  const processes = reaper.below().map(({ pid }) => {
    const status = readStatus(pid);
    if (status === '') return { pid, status, time: String(pid) };
    try {
      return { pid, status, time: readFileSync(`/proc/${pid}/schedstat`, 'latin1') };
    } catch {
      return { pid, status, time: '' };
    }
  });
  if (processes.every(({ pid, status }) => refuses(status, asked.get(pid) === true))) return null;
  const text = processes.flatMap(({ status, time }) => [...(status.match(ofItsOwn) ?? []), time]);
  return { text: text.join('\n'), heldUp: processes.some(({ status }) => heldUp.test(status)) };
}

/** SIGTERM to the children that have not been asked: a daemon ends its workers itself, or leaves them to us. */
function ask(asked: TerminationRequests): void {
  for (const { pid } of reaper.below()) {
    if (asked.has(pid)) continue;
    const caught = process.platform === 'linux' && (maskIn(readStatus(pid), 'SigCgt') & termBit) !== 0n;
    asked.set(pid, caught);
    kill(pid, SIGTERM);
  }
}

/** Something below has a reason to wake by itself within the time, milliseconds, or does not sleep. */
function wakesWithin(withinMs: number): boolean {
  // Only where it is needed: the launcher has no observer in it.
  const require = createRequire(__filename);
  const { wakes } = require('../observe/linux/wakes.js') as typeof import('../observe/linux/wakes.ts');
  return reaper.below().some(({ pid }) => wakes(pid, withinMs));
}

/**
 * Asks everything below to end.
 *
 * @param withinMs how long it is waited for at most, milliseconds
 * @returns whether it is to be waited for still: it does something, or sleeps by a clock that ends in time
 */
export function askToEnd(nowMs: () => number, withinMs: number): () => boolean {
  const asked: TerminationRequests = new Map();
  ask(asked);
  const beganMs = nowMs();
  const leftMs = (): number => beganMs + withinMs - nowMs();
  if (process.platform !== 'linux') {
    return () => nowMs() - beganMs < Math.min(politeElsewhereMs, withinMs);
  }
  let [seen, sinceMs] = ['', beganMs];
  return () => {
    ask(asked);
    const now = doings(asked);
    if (now === null || leftMs() <= 0) return false;
    if (now.heldUp || now.text !== seen) [seen, sinceMs] = [now.text, nowMs()];
    return nowMs() - sinceMs < quietMs || wakesWithin(leftMs());
  };
}
