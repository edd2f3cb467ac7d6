/** Whether a sleeping process, or one below it, is about to wake by itself. */

import { isUnreadable } from '../../facts/process.ts';
import { descendantsOf } from './descendants.ts';
import { readProcPidStat } from './proc-pid-stat.ts';
import { readProcPidSyscall } from './proc-pid-syscall.ts';
import { syscallTable } from './syscall-table.ts';
import { threadIds } from './threads.ts';
import { pairReader, timeoutOf } from './timed-sleep.ts';

function wakesByItself(pid: number, withinMs: number): boolean {
  const tids = threadIds(pid);
  const table = syscallTable(process.arch);
  if (isUnreadable(tids) || table === null) return false;
  const readPair = pairReader(pid);
  return tids.some((tid) => {
    const found = readProcPidStat(`/proc/${pid}/task/${tid}/stat`);
    if (found.kind !== 'read') return false;
    const { state } = found.stat;
    if (state !== 'S') return state === 'R' || state === 'D';
    const call = readProcPidSyscall(`/proc/${pid}/task/${tid}/syscall`);
    // It has woken between the two readings.
    if (!isUnreadable(call) && call.kind === 'running') return true;
    const timeout = isUnreadable(call) ? null : timeoutOf(call, table, readPair);
    // One of which the kernel does not tell the end goes on with a sleep that a signal interrupted.
    return timeout !== null && (timeout.atMostMs ?? 0) <= withinMs;
  });
}

/**
 * A thread of the process, or of one below it, runs, waits for a processor or a disk, or sleeps by a clock that ends
 * within so many milliseconds. False where that may not be read, /proc/PID/syscall being for whoever may trace it.
 */
export function wakes(pid: number, withinMs: number): boolean {
  return [pid, ...descendantsOf(pid)].some((each) => wakesByItself(each, withinMs));
}
