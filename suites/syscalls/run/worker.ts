/**
 * A worker: forked from the runner, it takes one promise after the other and forks a process for each. It is a
 * subreaper and ends whatever the promise left before it takes the next, so nothing of one promise reaches another.
 * It never returns to the event loop it shares with the runner.
 */

import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { F_DUPFD, F_DUPFD_CLOEXEC, fcntl, O_RDWR, open } from '../../../harness/libc/fcntl.ts';
import { fork } from '../../../harness/libc/fork.ts';
import { must } from '../../../harness/libc/library.ts';
import { adoptOrphans } from '../../../harness/libc/own-orphans.ts';
import { platform } from '../../../harness/libc/platform.ts';
import { events, poll, pollSet } from '../../../harness/libc/poll.ts';
import { processEnd } from '../../../harness/libc/process-end.ts';
import {
  everySignal,
  kill,
  resetDispositions,
  signalSet,
  sigprocmask,
} from '../../../harness/libc/signal.ts';
import { closeRange, lastDescriptor } from '../../../harness/libc/sys-close-range.ts';
import { getrlimit, setrlimit } from '../../../harness/libc/sys-resource.ts';
import { umask } from '../../../harness/libc/sys-stat.ts';
import { waitpid } from '../../../harness/libc/sys-wait.ts';
import {
  _exit,
  chdir,
  close,
  geteuid,
  getpid,
  pipe2,
  read,
  setpgid,
  write,
} from '../../../harness/libc/unistd.ts';
import { type LibcProgramFile, startLibcProgram } from '../scenery/libc-program.ts';
import { NotRevealed } from '../scenery/observed.ts';
import { endLeftovers, SIGKILL } from './end-leftovers.ts';
import { interpret, type Word } from './interpret.ts';
import type { Observation } from './judge.ts';
import type { KernelPromise } from './promise.ts';

/** Above every number a promise gives out, so that the lowest free descriptors are as in any small program. */
const channelsFrom = 240;
export const reportDescriptor = 250;
/** What a login usually has, getrlimit(2), and promises make use of; Node raises its own to the hard limit. */
export const usualSoftLimit = 1024n;

export interface WorkerSetting {
  readonly promises: readonly KernelPromise[];
  /** Two bytes for each promise to be run; end of file when there are no more. */
  readonly queue: number;
  readonly results: number;
  /** End of file means that the runner is gone. */
  readonly runner: number;
  readonly deadlineMs: number;
  /** Directory in which each promise may have its own. */
  readonly scratch: string;
  readonly libcProgram: LibcProgramFile;
  /** Another C library is examined: promises of the system are left out. */
  readonly libcOnly: boolean;
}

/** One line of the worker's results. */
export interface WorkerResult {
  readonly type: 'observed';
  readonly id: string;
  readonly observation: Observation;
}

function readAll(fd: number): string {
  const buffer = Buffer.alloc(4096);
  let text = '';
  for (;;) {
    const { value } = read(fd, buffer);
    if (value <= 0) return text;
    text += buffer.toString('utf8', 0, value);
  }
}

/** 0, 1 and 2 are the null device. Only fcntl(2) places descriptors, so that a spoiled dup2(2) spoils no promise. */
function keepOnly(channels: readonly number[]): readonly number[] {
  const moved = channels.map((fd) =>
    must('fcntl(F_DUPFD_CLOEXEC)', fcntl(fd, F_DUPFD_CLOEXEC, channelsFrom)),
  );
  closeRange(0, channelsFrom - 1);
  closeRange(Math.max(...moved) + 1, lastDescriptor);
  const nullDevice = must('open(/dev/null)', open('/dev/null', O_RDWR));
  for (const fd of [1, 2]) must('fcntl(F_DUPFD)', fcntl(nullDevice, F_DUPFD, fd));
  return moved;
}

/** Why a promise cannot be tried in this run; null if it can. */
function unsupportedHere(
  promise: KernelPromise,
  { libcProgram, libcOnly }: WorkerSetting,
): Observation | null {
  const because = (reason: string): Observation => ({ type: 'unsupported', because: reason });
  if (libcOnly && promise.of === 'system') {
    return because(
      'its calls are made through the C library that Node itself has loaded, not through the one given',
    );
  }
  if (promise.of === 'libc' && libcProgram.path === null) return because(libcProgram.because);
  return promise.needs === 'root' && geteuid() !== 0 ? because('needs root') : null;
}

function observe(
  promise: KernelPromise,
  index: number,
  { scratch, libcProgram }: WorkerSetting,
): Observation {
  try {
    return promise.body({
      scratch: () => {
        const own = `${scratch}/${index}`;
        mkdirSync(own, { recursive: true });
        chmodSync(own, 0o777);
        return own;
      },
      libcProgram: () => startLibcProgram(libcProgram),
    });
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return { type: error instanceof NotRevealed ? 'unsupported' : 'unresolved', because };
  }
}

/** The promise's own process: no leader of anything, default dispositions, empty mask, only 0, 1 and 2 open. */
function run(promise: KernelPromise, index: number, setting: WorkerSetting): never {
  closeRange(3, reportDescriptor - 1);
  closeRange(reportDescriptor + 1, lastDescriptor);
  sigprocmask(platform.SIG_SETMASK, signalSet([]));
  const own = getpid();
  const observation = observe(promise, index, setting);
  const word: Word = { promise: promise.id, pid: getpid(), observation };
  write(reportDescriptor, Buffer.from(`${JSON.stringify(word)}\n`));
  // A child that fell through to here has said so by its process ID; the worker compares.
  _exit(getpid() === own ? 0 : 1);
}

/** Forks the promise's process and waits for it. */
function conduct(
  promise: KernelPromise,
  index: number,
  setting: WorkerSetting,
): Observation | 'runner is gone' {
  const report = pipe2(platform.O_CLOEXEC | platform.O_NONBLOCK);
  must('pipe2', report);
  const end = must('fcntl(F_DUPFD_CLOEXEC)', fcntl(report.write, F_DUPFD_CLOEXEC, reportDescriptor));
  close(report.write);
  const pid = must('fork', fork());
  if (pid === 0) {
    if (end !== reportDescriptor) _exit(1);
    run(promise, index, setting);
  }
  close(end);
  const pidfd = processEnd(pid);
  const waiting = pollSet([pidfd, setting.runner]);
  poll(waiting, setting.deadlineMs);
  const ended = events(waiting, 0) !== 0;
  if (!ended) kill(pid, SIGKILL);
  close(pidfd);
  const { status } = waitpid(pid, 0);
  endLeftovers();
  const text = readAll(report.read);
  close(report.read);
  if (!ended && events(waiting, 1) !== 0) return 'runner is gone';
  if (!ended)
    return { type: 'unresolved', because: `its process hung for ${setting.deadlineMs} ms and was killed` };
  return interpret(text, promise.id, pid, status);
}

/** What the runner can no longer do. The other workers do the same at the same time. */
function removeScratch(scratch: string): void {
  try {
    rmSync(scratch, { recursive: true, force: true });
  } catch {
    // Another worker was quicker, or a promise of it still writes there.
  }
}

/** The caller is a freshly forked process in which every signal is blocked. */
export function work(given: WorkerSetting): never {
  try {
    workOff(given);
  } catch (error) {
    // A throw would lead back into Node, whose other threads are not in this process: its exit waits for ever.
    write(2, Buffer.from(`${error instanceof Error ? error.message : String(error)}\n`));
    _exit(1);
  }
  _exit(0);
}

/** Until the queue is empty. */
function workOff(given: WorkerSetting): void {
  sigprocmask(platform.SIG_SETMASK, everySignal);
  resetDispositions();
  setpgid(0, 0);
  adoptOrphans();
  const [queue = -1, results = -1, runner = -1] = keepOnly([given.queue, given.results, given.runner]);
  const setting: WorkerSetting = { ...given, queue, results, runner };
  umask(0o022);
  chdir('/');
  const { hard } = getrlimit(platform.RLIMIT_NOFILE);
  setrlimit(platform.RLIMIT_NOFILE, { soft: usualSoftLimit, hard });
  setrlimit(platform.RLIMIT_CORE, { soft: 0n, hard: getrlimit(platform.RLIMIT_CORE).hard });

  const next = Buffer.alloc(2);
  while (read(queue, next).value === 2) {
    const index = next.readUInt16LE(0);
    const promise = setting.promises[index];
    if (promise === undefined) continue;
    const observation = unsupportedHere(promise, setting) ?? conduct(promise, index, setting);
    if (observation === 'runner is gone') {
      removeScratch(setting.scratch);
      break;
    }
    const line: WorkerResult = { type: 'observed', id: promise.id, observation };
    write(results, Buffer.from(`${JSON.stringify(line)}\n`));
  }
}
