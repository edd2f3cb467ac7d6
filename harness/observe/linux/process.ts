/**
 * One process as /proc shows it: all facts, and whether they are of one moment.
 *
 * Longer than 250 lines: a row for each fact, all read between two looks at the same process.
 */

import {
  type Activity,
  type Fact,
  type FactName,
  type GoneProcess,
  isUnreadable,
  type Observation,
  type Parent,
  type ProcessFacts,
  type Surroundings,
  type Unreadable,
  unreadable,
} from '../../facts/process.ts';
import { activityOf, unknownActivity } from './activity.ts';
import { receivesForEver } from './ask-socket.ts';
import { type OpenDescriptors, readDescriptors } from './descriptors.ts';
import { readLinkTarget } from './link-target.ts';
import { exists } from './presence.ts';
import { readProcPidCmdline } from './proc-pid-cmdline.ts';
import { readProcPidEnviron } from './proc-pid-environ.ts';
import { readProcPidLimits } from './proc-pid-limits.ts';
import { type ProcPidStat, readProcPidStat, type StatReading } from './proc-pid-stat.ts';
import { readMoment, readProcPidStatus } from './proc-pid-status.ts';
import { readProcPidSyscall } from './proc-pid-syscall.ts';
import { reading, textOf } from './reading.ts';
import {
  joinMoments,
  momentOfThreads,
  readTasks,
  type Task,
  taskOf,
  threadFactsOf,
  threadIds,
} from './threads.ts';
import { mayAlarmBeArmed } from './timer-list.ts';
import { terminalOf } from './tty-name.ts';
import { hasTimers, waitingOf } from './waiting.ts';

/**
 * Everything that can be known of process `pid` now, or that it is gone. A file that cannot be read makes its own
 * facts unreadable and no other. A process that /proc hides is not gone: all its facts are unreadable.
 *
 * Throws a RangeError for a pid that names no single process.
 */
export function observeProcess(pid: number, surroundings: Surroundings): Observation | GoneProcess {
  if (!Number.isSafeInteger(pid) || pid < 1) throw new RangeError(`${pid} is not a process ID`);
  const before = look(pid);
  switch (before.kind) {
    case 'gone':
      return { gone: true, pid };
    case 'unreadable':
      return { facts: factsUnreadable(pid, before.because), whole: false, activity: unknownActivity };
    case 'read':
      break;
  }
  const { stat } = before;
  const { facts, moment, activity } =
    stat.threads > 1 ? readManyThreads(pid, stat, surroundings) : readOneThread(pid, stat, surroundings);

  const after = look(pid);
  if (after.kind === 'gone') return { gone: true, pid };
  if (after.kind === 'unreadable') return { facts, whole: false, activity };
  // The pid was given to another process: the observed one has ended.
  if (after.stat.startTime !== stat.startTime) return { gone: true, pid };
  // While it exits, descriptors and directories are gone although its state does not say so yet.
  const ending = stat.exiting && stat.state !== 'Z' && stat.state !== 'X';
  const whole =
    !ending &&
    moment !== null &&
    sameMoment(stat, after.stat) &&
    moment === (stat.threads > 1 ? momentOfThreads(pid) : readMoment(`/proc/${pid}/status`));
  return { facts, whole, activity };
}

/** Start time in clock ticks since boot, which with the pid identifies a process for good; null if it cannot be read. */
export function identityOf(pid: number): number | null {
  const found = readProcPidStat(`/proc/${pid}/stat`);
  return found.kind === 'read' ? found.stat.startTime : null;
}

type Look = { readonly kind: 'gone' } | Exclude<StatReading, { readonly kind: 'absent' }>;

function look(pid: number): Look {
  const path = `/proc/${pid}/stat`;
  const first = readProcPidStat(path);
  if (first.kind !== 'absent') return first;
  if (!exists(pid)) return { kind: 'gone' };
  // It exists: either it came after the first look, or /proc hides it.
  const second = readProcPidStat(path);
  if (second.kind !== 'absent') return second;
  if (!exists(pid)) return { kind: 'gone' };
  return {
    kind: 'unreadable',
    because: `ENOENT on ${path} although process ${pid} exists: /proc is mounted with hidepid, or not at all`,
  };
}

function sameMoment(one: ProcPidStat, other: ProcPidStat): boolean {
  return (
    one.state === other.state &&
    one.exiting === other.exiting &&
    one.commandName === other.commandName &&
    one.parent === other.parent &&
    one.processGroup === other.processGroup &&
    one.session === other.session &&
    one.terminal === other.terminal &&
    one.foregroundProcessGroup === other.foregroundProcessGroup &&
    one.nice === other.nice &&
    one.threads === other.threads
  );
}

const kernelOf = (pid: number) => ({
  mayAlarmBeArmed,
  receivesForEver: (fd: number) => receivesForEver(pid, fd),
});

interface Reading {
  readonly facts: ProcessFacts;
  readonly moment: string | null;
  readonly activity: Activity;
}

function readOneThread(pid: number, stat: ProcPidStat, surroundings: Surroundings): Reading {
  const base = `/proc/${pid}`;
  const shared = readShared(pid, base, stat, surroundings);
  const task = taskOf(
    pid,
    shared.status,
    isUnreadable(shared.facts.workingDirectory) ? null : shared.facts.workingDirectory,
    // Only a sleeping process has a call to wait in, and the file is the costliest to be refused.
    stat.state === 'S' ? readProcPidSyscall(`${base}/syscall`) : { kind: 'outside-call' },
  );
  return {
    facts: {
      ...shared.facts,
      threadFacts: threadFactsOf([task]),
      waiting: waitingOf([task], shared.open, timersIfAsleep(pid, [task]), process.arch, kernelOf(pid)),
    },
    moment: task.moment,
    activity: activityOf(pid, [task], timerfdsOf(shared)),
  };
}

function readManyThreads(pid: number, stat: ProcPidStat, surroundings: Surroundings): Reading {
  // A main thread that called pthread_exit(3) is a zombie without files; what the others hold is the process's.
  const living = stat.state === 'Z' ? livingThread(pid) : null;
  const base = living === null ? `/proc/${pid}` : `/proc/${pid}/task/${living}`;
  const shared = readShared(pid, base, living === null ? stat : { ...stat, state: 'S' }, surroundings);
  const tasks = readTasks(pid);
  return {
    facts: {
      ...shared.facts,
      state: stat.state,
      threadFacts: isUnreadable(tasks) ? tasks : threadFactsOf(tasks),
      waiting: isUnreadable(tasks)
        ? tasks
        : waitingOf(tasks, shared.open, timersIfAsleep(pid, tasks), process.arch, kernelOf(pid)),
    },
    moment: isUnreadable(tasks) ? null : joinMoments(tasks),
    activity: isUnreadable(tasks) ? unknownActivity : activityOf(pid, tasks, timerfdsOf(shared)),
  };
}

function timerfdsOf({ open }: ProcessWideFacts): OpenDescriptors['timerfds'] {
  return isUnreadable(open) ? [] : open.timerfds;
}

function livingThread(pid: number): number | null {
  const tids = threadIds(pid);
  if (isUnreadable(tids)) return null;
  const isAlive = (tid: number): boolean => {
    const found = readProcPidStat(`/proc/${pid}/task/${tid}/stat`);
    return found.kind === 'read' && found.stat.state !== 'Z' && found.stat.state !== 'X';
  };
  return tids.find(isAlive) ?? null;
}

function timersIfAsleep(pid: number, tasks: readonly Task[]): Fact<boolean> {
  return tasks.some(({ state }) => state === 'S') ? hasTimers(pid) : false;
}

interface ProcessWideFacts {
  readonly facts: Omit<ProcessFacts, 'threadFacts' | 'waiting'>;
  readonly status: ReturnType<typeof readProcPidStatus>;
  readonly open: Fact<OpenDescriptors>;
}

/** What the threads of a process share, or what its main thread stands for. */
function readShared(
  pid: number,
  base: string,
  stat: ProcPidStat,
  surroundings: Surroundings,
): ProcessWideFacts {
  const status = readProcPidStatus(`${base}/status`);
  // The kernel answers ENOENT, ESRCH or nothing at all, and an empty list is not what a zombie once had open.
  const lost = stat.state === 'Z' || stat.state === 'X' ? unreadable(`process ${pid} is a zombie`) : null;
  const whileAlive = <T>(read: () => Fact<T>): Fact<T> => lost ?? read();

  const directory = whileAlive(() => readLinkTarget(`${base}/cwd`));
  const open = whileAlive(() => readDescriptors(base, surroundings.planted));
  const environ = whileAlive(() =>
    ofKernelThread(stat, readProcPidEnviron(`${base}/environ`, surroundings.environmentMarker)),
  );
  return {
    status,
    open,
    facts: {
      pid,
      parent: parentOf(stat.parent, surroundings),
      processGroup: stat.processGroup,
      session: stat.session,
      terminal: terminalOf(stat.terminal),
      foregroundProcessGroup: stat.terminal === 0 ? -1 : stat.foregroundProcessGroup,
      fileModeCreationMask: status.fileModeCreationMask,
      workingDirectory: derive(directory, ({ path }) => path),
      workingDirectoryRemoved: derive(directory, ({ removed }) => removed),
      rootDirectory: whileAlive(() => derive(readLinkTarget(`${base}/root`), ({ path }) => path)),
      executable: whileAlive(() =>
        derive(ofKernelThread(stat, readLinkTarget(`${base}/exe`)), ({ path }) => path),
      ),
      commandName: stat.commandName,
      commandLine: whileAlive(() => readProcPidCmdline(`${base}/cmdline`)),
      state: stat.state,
      startTime: stat.startTime,
      threads: stat.threads,
      descriptors: derive(open, ({ descriptors }) => descriptors),
      signals: status.signals,
      userIds: status.userIds,
      groupIds: status.groupIds,
      supplementaryGroups: status.supplementaryGroups,
      nice: stat.nice,
      oomScoreAdjustment: derive(reading(`${base}/oom_score_adj`, textOf), Number),
      limits: readProcPidLimits(`${base}/limits`),
      capabilities: status.capabilities,
      environmentMarker: derive(environ, ({ marker }) => marker),
      sessionVariables: derive(environ, ({ sessionVariables }) => sessionVariables),
    },
  };
}

function derive<T, U>(fact: Fact<T>, from: (value: T) => U): Fact<U> {
  return isUnreadable(fact) ? fact : from(fact);
}

/** The bare errno would read as if the process had ended. */
function ofKernelThread<T>({ kernelThread }: ProcPidStat, fact: Fact<T>): Fact<T> {
  return kernelThread && isUnreadable(fact) ? unreadable(`${fact.unreadable} (kernel thread)`) : fact;
}

function parentOf(pid: number, { subreaper }: Surroundings): Parent {
  if (pid === subreaper) return { pid, role: 'subreaper' };
  return { pid, role: pid === 1 ? 'init' : 'other' };
}

function factsUnreadable(pid: number, because: string): ProcessFacts {
  const none = unreadable(because);
  const facts: Readonly<Record<FactName, Unreadable>> = {
    parent: none,
    processGroup: none,
    session: none,
    terminal: none,
    foregroundProcessGroup: none,
    fileModeCreationMask: none,
    workingDirectory: none,
    workingDirectoryRemoved: none,
    rootDirectory: none,
    executable: none,
    commandName: none,
    commandLine: none,
    state: none,
    startTime: none,
    threads: none,
    threadFacts: none,
    descriptors: none,
    signals: none,
    userIds: none,
    groupIds: none,
    supplementaryGroups: none,
    nice: none,
    oomScoreAdjustment: none,
    limits: none,
    capabilities: none,
    environmentMarker: none,
    sessionVariables: none,
    waiting: none,
  };
  return { pid, ...facts };
}
