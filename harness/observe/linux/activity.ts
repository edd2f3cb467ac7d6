/** What a process does with its time: whether it sleeps, how long it was busy, what clock wakes it. */

import { type Activity, isUnreadable, type TimedSleep } from '../../facts/process.ts';
import type { OpenDescriptors } from './descriptors.ts';
import { reading, textOf } from './reading.ts';
import { syscallTable } from './syscall-table.ts';
import type { Task } from './threads.ts';
import { pairReader, timeoutOf } from './timed-sleep.ts';

/**
 * Time on a processor and time spent waiting for one, in milliseconds, from /proc/PID/task/TID/schedstat:
 * Documentation/scheduler/sched-stats.rst. Null without CONFIG_SCHED_INFO.
 */
export function parseSchedstat(text: string): number | null {
  const [ran, waited] = text.split(' ');
  const ns = Number(ran) + Number(waited);
  return Number.isFinite(ns) ? ns / 1e6 : null;
}

function busyMsOf(pid: number, tid: number): number | null {
  const text = reading(`/proc/${pid}/task/${tid}/schedstat`, textOf);
  return isUnreadable(text) ? null : parseSchedstat(text);
}

const sleepingStates: ReadonlySet<unknown> = new Set(['S', 'T', 'Z', 'X']);

export function activityOf(
  pid: number,
  tasks: readonly Task[],
  timerfds: OpenDescriptors['timerfds'],
): Activity {
  const asleep = tasks.every(
    ({ state, call }) => sleepingStates.has(state) && (isUnreadable(call) || call.kind !== 'running'),
  );
  const times = tasks.map(({ tid }) => busyMsOf(pid, tid));
  const table = syscallTable(process.arch);
  const timedSleeps: TimedSleep[] = [];
  const readPair = pairReader(pid);
  for (const { tid, state, call, moment } of tasks) {
    if (state !== 'S' || table === null || isUnreadable(call)) continue;
    const timeout = timeoutOf(call, table, readPair);
    if (timeout !== null) timedSleeps.push({ of: String(tid), moment: moment ?? '', ...timeout });
  }
  for (const { fd, expiresInMs } of timerfds) {
    const moment = tasks.map((task) => task.moment).join();
    timedSleeps.push({ of: `timerfd ${fd}`, moment, kind: 'event', atMostMs: expiresInMs });
  }
  return {
    asleep,
    busyMs: times.reduce<number | null>((sum, ms) => (sum === null || ms === null ? null : sum + ms), 0),
    timedSleeps,
  };
}

/** Of what cannot be read at all: never taken for asleep. */
export const unknownActivity: Activity = { asleep: false, busyMs: null, timedSleeps: [] };
