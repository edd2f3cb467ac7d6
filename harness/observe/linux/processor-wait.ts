/** Whether a process had a processor when it wanted one: /proc/PID/stat and schedstat. */

import { readProcPidStat } from './proc-pid-stat.ts';
import { processorTimeOf } from './processor-time.ts';

export interface ProcessorWait {
  readonly processorMs: number;
  /** For how long it waited for a processor, up to when it last got one: Documentation/scheduler/sched-stats.rst. */
  readonly delayMs: number;
  /** It runs, waits for a processor, or for a disk. */
  readonly awake: boolean;
}

/** Of a process of one thread; asleep where no kernel tells. */
export function processorWaitOf(pid: number): ProcessorWait {
  const [thread] = processorTimeOf(pid)?.threads.values() ?? [];
  const stat = readProcPidStat(`/proc/${pid}/stat`);
  const processorMs = thread?.processorMs ?? 0;
  return {
    processorMs,
    delayMs: (thread?.runnableMs ?? 0) - processorMs,
    awake: stat.kind === 'read' && (stat.stat.state === 'R' || stat.stat.state === 'D'),
  };
}
