/** Threads: /proc/PID/task. Linux keeps signal mask, directory and file mode creation mask per task. */

import { readdirSync } from 'node:fs';
import {
  type Fact,
  isUnreadable,
  type ProcessState,
  type SignalSets,
  type ThreadFacts,
} from '../../facts/process.ts';
import { readLinkTarget } from './link-target.ts';
import { type ProcPidStatus, readMoment, readProcPidStatus } from './proc-pid-status.ts';
import { type ProcPidSyscall, readProcPidSyscall } from './proc-pid-syscall.ts';
import { reading } from './reading.ts';

export interface Task {
  readonly tid: number;
  readonly state: Fact<ProcessState>;
  readonly signals: Fact<SignalSets>;
  readonly call: Fact<ProcPidSyscall>;
  readonly moment: string | null;
  readonly facts: Fact<ThreadFacts>;
}

/** Thread IDs in ascending order. */
export function threadIds(pid: number): Fact<number[]> {
  return reading(`/proc/${pid}/task`, (path) =>
    readdirSync(path)
      .map(Number)
      .sort((a, b) => a - b),
  );
}

/** One task of a process of several. One that ended since the directory was read leaves unreadable facts. */
export function readTask(pid: number, tid: number): Task {
  const base = `/proc/${pid}/task/${tid}`;
  const directory = readLinkTarget(`${base}/cwd`);
  return taskOf(
    tid,
    readProcPidStatus(`${base}/status`),
    isUnreadable(directory) ? null : directory.path,
    readProcPidSyscall(`${base}/syscall`),
  );
}

/** A task from what has been read already. */
export function taskOf(
  tid: number,
  status: ProcPidStatus,
  workingDirectory: string | null,
  call: Fact<ProcPidSyscall>,
): Task {
  const { state, signals, moment, fileModeCreationMask } = status;
  return {
    tid,
    state,
    signals,
    call,
    moment,
    facts: isUnreadable(signals)
      ? signals
      : {
          tid,
          blocked: signals.blocked,
          fileModeCreationMask: isUnreadable(fileModeCreationMask) ? null : fileModeCreationMask,
          workingDirectory,
        },
  };
}

/** Every task that could be read; one that has vanished is left out. */
export function readTasks(pid: number): Fact<readonly Task[]> {
  const tids = threadIds(pid);
  if (isUnreadable(tids)) return tids;
  return tids.map((tid) => readTask(pid, tid)).filter(({ state }) => !isUnreadable(state));
}

/** What tells one moment of all threads from another; null if the kernel does not count their context switches. */
export function momentOfThreads(pid: number): string | null {
  const tids = threadIds(pid);
  if (isUnreadable(tids)) return null;
  return joinMoments(tids.map((tid) => ({ tid, moment: readMoment(`/proc/${pid}/task/${tid}/status`) })));
}

/** Facts of all threads; unreadable if those of one are. */
export function threadFactsOf(tasks: readonly Task[]): Fact<readonly ThreadFacts[]> {
  const facts: ThreadFacts[] = [];
  for (const task of tasks) {
    if (isUnreadable(task.facts)) return task.facts;
    facts.push(task.facts);
  }
  return facts;
}

export function joinMoments(
  tasks: readonly { readonly tid: number; readonly moment: string | null }[],
): string | null {
  return tasks.some(({ moment }) => moment === null)
    ? null
    : tasks.map(({ tid, moment }) => `${tid} ${moment}`).join('\n');
}
