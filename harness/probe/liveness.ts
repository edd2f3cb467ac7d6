/** Whether the daemon waits for work, or only uses up a processor. */

import { readdirSync, readFileSync } from 'node:fs';
import { type Unavailable, unavailable } from '../facts/finding.ts';
import { isUnreadable } from '../facts/process.ts';
import { lookUntil } from '../follow/look-until.ts';
import { isAsleep, nowMs, takeSnapshot } from '../follow/snapshot.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext, SettledLaunch } from './probe-context.ts';
import { asItIsNow } from './processes.ts';

/** Whether the daemon does something else than use up a processor. */
export interface Liveness {
  readonly kind: 'liveness';
  readonly pid: number;
  /** 0 where it slept in a wait without a timeout, which is proof. */
  readonly watchedMs: number;
  /** Processor time of all processes of the program in that time. */
  readonly cpuMs: number;
  /** The longest that one thread was running, or waiting for a processor, and for nothing else in between. */
  readonly runnableMs: number;
  readonly alive: boolean;
  readonly threads: number | null;
  readonly evidence: readonly string[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly liveness: Liveness;
  }
}

/** Long enough for ticks of 10 ms to tell a processor in full use from one that is used now and then. */
const watchMs = 500;
/** One that computes something first, as exim does a key, is watched again. */
const busyAtMostMs = 2000;
/** Of the time watched; less need not be watched again. */
const little = 0.1;
/** USER_HZ: the unit of /proc/PID/stat is the same on every architecture Node runs on, proc_pid_stat(5). */
const tickMs = 10;

/** Fields 14 and 15 of /proc/PID/stat; null once it is gone. */
function cpuMsOf(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return null;
  }
}

interface Thread {
  /** On a processor, or waiting for one. */
  readonly runnableMs: number;
  /** How often it waited for something else. */
  readonly waits: string;
}

/** By thread ID; empty where the kernel does not tell, /proc/PID/task/TID/schedstat. */
function threadsOf(pid: number): ReadonlyMap<string, Thread> {
  const threads = new Map<string, Thread>();
  try {
    for (const tid of readdirSync(`/proc/${pid}/task`)) {
      const [onCpu = 0, queued = 0] = readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'latin1')
        .split(' ')
        .map(Number);
      const status = readFileSync(`/proc/${pid}/task/${tid}/status`, 'latin1');
      const [, waits = ''] = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(status) ?? [];
      threads.set(`${pid} ${tid}`, { runnableMs: (onCpu + queued) / 1e6, waits });
    }
  } catch {
    // The process or a thread has ended between two reads.
  }
  return threads;
}

function threadsOfAll(pids: readonly number[]): ReadonlyMap<string, Thread> {
  return new Map(pids.flatMap((pid) => [...threadsOf(pid)]));
}

/** The longest that a thread was runnable which waited for nothing at all in between. */
function neverWaitedMs(before: ReadonlyMap<string, Thread>, now: ReadonlyMap<string, Thread>): number {
  const times = [...now].map(([key, thread]) => {
    const earlier = before.get(key);
    return earlier?.waits === thread.waits ? thread.runnableMs - earlier.runnableMs : 0;
  });
  return Math.max(0, ...times);
}

function usedMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (cpuMsOf(pid) ?? 0), 0);
}

async function watchUntilItRests(
  context: ProbeContext,
  settled: SettledLaunch,
): Promise<Liveness | Unavailable> {
  const untilMs = nowMs() + busyAtMostMs;
  for (;;) {
    const found = await watch(context, settled);
    if (found.kind === 'unavailable' || !found.alive || nowMs() >= untilMs) return found;
    if (Math.max(found.cpuMs, found.runnableMs) <= found.watchedMs * little) return found;
  }
}

async function watch(
  context: ProbeContext,
  { tree, daemon }: SettledLaunch,
): Promise<Liveness | Unavailable> {
  if (cpuMsOf(daemon.pid) === null) {
    return unavailable(`/proc/${daemon.pid}/stat cannot be read`, 'a Linux /proc that shows the process');
  }
  const first = takeSnapshot(tree);
  const pids = first.processes.map(({ pid }) => pid);
  const [beganMs, before] = [nowMs(), usedMs(pids)];
  const threads = threadsOfAll(pids);
  const asleep = first.whole && isAsleep(first);
  if (!asleep) await lookUntil(() => null, { deadlineMs: beganMs + watchMs, signal: context.signal });
  const [watchedMs, cpuMs] = asleep ? [0, 0] : [nowMs() - beganMs, Math.max(0, usedMs(pids) - before)];
  const runnableMs = asleep ? 0 : neverWaitedMs(threads, threadsOfAll(pids));
  const now = asItIsNow(daemon);
  return {
    kind: 'liveness',
    pid: daemon.pid,
    watchedMs,
    cpuMs,
    runnableMs,
    alive: now !== null,
    threads: now === null || isUnreadable(now.threads) ? null : now.threads,
    evidence: [
      `/proc/${daemon.pid}/stat fields 14 and 15 (utime, stime)`,
      `/proc/${daemon.pid}/status voluntary_ctxt_switches`,
    ],
  };
}

export const liveness: Probe<'liveness'> = {
  name: 'liveness',
  start: 'clean, or supervised if it stays in the foreground',
  repeated: false,
  foreground: true,
  run: (context) =>
    context.inTurn(() =>
      context.settled({ start: context.plainStart, restsOn: [] }, (settled) =>
        watchUntilItRests(context, settled),
      ),
    ),
};
