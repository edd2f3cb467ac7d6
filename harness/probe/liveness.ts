/** Whether the daemon waits for work, or only uses up a processor. */

import { type Unavailable, unavailable } from '../facts/finding.ts';
import { isUnreadable } from '../facts/process.ts';
import type { ThreadTime } from '../facts/processor-time.ts';
import { isAsleep, takeSnapshot } from '../follow/snapshot.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { observer } from '../observe/system.ts';
import { inCompany } from './in-company.ts';
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
/** Enough for one that uses next to nothing meanwhile, where the kernel tells of each thread to the nanosecond. */
const glanceMs = 100;
/**
 * One that computes something first, as exim does a key, is watched again, for so long in all. Time in which it waited
 * for a processor does not count.
 */
const busyAtMostMs = 2000;
/** Of the time watched; less need not be watched again. */
const little = 0.1;

function threadsOf(pids: readonly number[]): ReadonlyMap<string, ThreadTime> {
  const all = pids.flatMap((pid) =>
    [...(observer().processorTimeOf(pid)?.threads ?? [])].map(
      ([tid, thread]) => [`${pid} ${tid}`, thread] as const,
    ),
  );
  return new Map(all);
}

/** The longest that a thread was runnable which waited for nothing at all in between. */
function neverWaitedMs(
  before: ReadonlyMap<string, ThreadTime>,
  now: ReadonlyMap<string, ThreadTime>,
): number {
  const times = [...now].map(([key, thread]) => {
    const earlier = before.get(key);
    return earlier?.waits === thread.waits ? thread.runnableMs - earlier.runnableMs : 0;
  });
  return Math.max(0, ...times);
}

function usedMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (observer().processorTimeOf(pid)?.processorMs ?? 0), 0);
}

async function watchUntilItRests(
  context: ProbeContext,
  settled: SettledLaunch,
): Promise<Liveness | Unavailable> {
  const untilMs = nowMs() + context.timeoutMs;
  let hadMs = 0;
  for (let forMs = glanceMs; ; forMs = watchMs) {
    const found = await watch(context, settled, forMs);
    if (found.kind === 'unavailable' || !found.alive) return found;
    hadMs += Math.max(found.cpuMs, found.watchedMs - found.runnableMs);
    if (hadMs >= busyAtMostMs || nowMs() >= untilMs) return found;
    if (Math.max(found.cpuMs, found.runnableMs) <= found.watchedMs * little) return found;
  }
}

async function watch(
  context: ProbeContext,
  { tree, daemon }: SettledLaunch,
  forMs: number,
): Promise<Liveness | Unavailable> {
  const shown = observer().processorTimeOf(daemon.pid);
  if (shown === null)
    return unavailable('the processor time of the daemon cannot be read', 'a system that shows it');
  const first = takeSnapshot(tree);
  const pids = first.processes.map(({ pid }) => pid);
  const [beganMs, before] = [nowMs(), usedMs(pids)];
  const threads = threadsOf(pids);
  const asleep = first.whole && isAsleep(first);
  const lengthMs = threads.size === 0 ? watchMs : forMs;
  if (!asleep) await lookUntil(() => null, { deadlineMs: beganMs + lengthMs, signal: context.signal });
  const [watchedMs, cpuMs] = asleep ? [0, 0] : [nowMs() - beganMs, Math.max(0, usedMs(pids) - before)];
  const runnableMs = asleep ? 0 : neverWaitedMs(threads, threadsOf(pids));
  const now = asItIsNow(daemon);
  return {
    kind: 'liveness',
    pid: daemon.pid,
    watchedMs,
    cpuMs,
    runnableMs,
    alive: now !== null,
    threads: now === null || isUnreadable(now.threads) ? null : now.threads,
    evidence: shown.evidence,
  };
}

export const liveness: Probe<'liveness'> = {
  name: 'liveness',
  start: 'clean, or supervised if it stays in the foreground',
  repeated: false,
  foreground: true,
  run: (context) =>
    inCompany(
      context,
      // One that sleeps without end need not be watched.
      { start: context.plainStart, restsOn: [], alone: context.plain.settling.by !== 'asleep' },
      async (settled) => {
        const found = await watchUntilItRests(context, settled);
        return { found, untouched: found.kind === 'liveness' && found.alive };
      },
    ),
};
