/** Processor time: /proc/PID/stat, and of each thread /proc/PID/task/TID/schedstat. */

import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessorTime, ThreadTime } from '../../facts/processor-time.ts';

/** USER_HZ: the unit of /proc/PID/stat is the same on every architecture Node runs on, proc_pid_stat(5). */
const tickMs = 10;

/** Fields 14 and 15 of /proc/PID/stat. */
function processorMsOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Empty where the kernel does not tell, without CONFIG_SCHED_INFO. */
function threadsOf(pid: number): ReadonlyMap<string, ThreadTime> {
  const threads = new Map<string, ThreadTime>();
  try {
    for (const tid of readdirSync(`/proc/${pid}/task`)) {
      const [onCpu = 0, queued = 0] = readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'latin1')
        .split(' ')
        .map(Number);
      const status = readFileSync(`/proc/${pid}/task/${tid}/status`, 'latin1');
      const [, waits = ''] = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(status) ?? [];
      threads.set(tid, { processorMs: onCpu / 1e6, runnableMs: (onCpu + queued) / 1e6, waits });
    }
  } catch {
    // The process or a thread has ended between two reads.
  }
  return threads;
}

/** Null once it is gone. */
export function processorTimeOf(pid: number): ProcessorTime | null {
  try {
    return {
      processorMs: processorMsOf(pid),
      resolutionMs: tickMs,
      threads: threadsOf(pid),
      evidence: [
        `/proc/${pid}/stat fields 14 and 15 (utime, stime)`,
        `/proc/${pid}/status voluntary_ctxt_switches`,
      ],
    };
  } catch {
    return null;
  }
}
