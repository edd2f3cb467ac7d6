/** How a process sleeps, from all its threads and all clocks it may have set. */

import { type Fact, isUnreadable, type Waiting } from '../../facts/process.ts';
import type { OpenDescriptors } from './descriptors.ts';
import { awaitsSignal, waitsWithoutTimeout } from './proc-pid-syscall.ts';
import { reading, textOf } from './reading.ts';
import { signalNames } from './signal-names.ts';
import { syscallTable } from './syscall-table.ts';
import type { Task } from './threads.ts';

/**
 * `without-timeout` needs proof that no clock ends the sleep: not the timeout of a call, not a timerfd, not a POSIX
 * timer, not alarm(2). The kernel does not show of a process whether an alarm is set (itrealvalue of proc_pid_stat(5) is
 * 0 since Linux 2.6.17), nor which POSIX timers are, so whoever could take SIGALRM, by a handler, a signalfd or
 * sigwait(3), or has such a timer, is `unless-alarm`.
 *
 * @param kernel what it tells where it is asked: whether anybody may have set an alarm, and whether no clock ends a
 * receive on a socket of the process
 */
export function waitingOf(
  tasks: readonly Task[],
  open: Fact<OpenDescriptors>,
  timers: Fact<boolean>,
  architecture: string,
  kernel: { readonly mayAlarmBeArmed: () => boolean; readonly receivesForEver: (fd: number) => boolean },
): Fact<Waiting> {
  const states = new Set<string>();
  for (const { state } of tasks) {
    if (isUnreadable(state)) return state;
    states.add(state);
  }
  // A thread that has ended may wait to be joined; the others decide.
  const alive = tasks.filter(({ state }) => state !== 'Z' && state !== 'X');
  if (alive.length === 0 || states.has('R') || states.has('T') || states.has('t')) return 'no';
  if (alive.some(({ state }) => state !== 'S')) return 'with-timeout';

  const table = syscallTable(architecture);
  if (table === null) return { unreadable: `no table of system calls for ${architecture}` };
  let timeout = false;
  let alarm = false;
  for (const { call, signals } of alive) {
    if (isUnreadable(call)) return call;
    if (call.kind === 'running') return 'no';
    if (isUnreadable(signals)) return signals;
    const descriptor = (fd: number) =>
      (isUnreadable(open) ? [] : open.descriptors).find((one) => one.fd === fd) ?? null;
    timeout ||= !waitsWithoutTimeout(call, table, descriptor, kernel.receivesForEver);
    alarm ||= signals.caught.includes('SIGALRM');
    // While it waits, the kernel takes the awaited signals out of SigBlk: one that stands there is not awaited.
    alarm ||= awaitsSignal(call, table) && !signals.blocked.includes('SIGALRM');
  }
  if (timeout) return 'with-timeout';
  if (isUnreadable(open)) return open;
  if (open.clocked) return 'with-timeout';
  alarm ||= open.signalMasks.some((mask) => signalNames(mask).includes('SIGALRM'));
  if (alarm && kernel.mayAlarmBeArmed()) return 'unless-alarm';
  if (isUnreadable(timers)) return timers;
  return timers ? 'unless-alarm' : 'without-timeout';
}

/**
 * Whether the process has POSIX timers, timer_create(2); the file does not tell which are set. A kernel without
 * CONFIG_CHECKPOINT_RESTORE has no such file.
 */
export function hasTimers(pid: number): Fact<boolean> {
  const text = reading(`/proc/${pid}/timers`, textOf);
  return isUnreadable(text) ? text : text !== '';
}
