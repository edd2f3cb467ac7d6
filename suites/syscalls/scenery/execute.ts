/** Programs executed for a promise, and what they say. */

import { F_DUPFD, fcntl } from '../../../harness/libc/fcntl.ts';
import { fork } from '../../../harness/libc/fork.ts';
import { type ErrnoName, must } from '../../../harness/libc/library.ts';
import { platform, signalNumber } from '../../../harness/libc/platform.ts';
import { kill } from '../../../harness/libc/signal.ts';
import { waitpid } from '../../../harness/libc/sys-wait.ts';
import { _exit, close, execve, pipe2, write } from '../../../harness/libc/unistd.ts';
import { readLine, readToEnd } from './child.ts';

export const searchPath = 'PATH=/usr/bin:/bin:/usr/sbin:/sbin';

export interface ExecutionResult {
  readonly output: string;
  readonly waitStatus: number;
}

/** Replaces what descriptor `to` is. Not by dup2(2), which is itself examined. */
export function place(from: number, to: number): void {
  close(to);
  must('fcntl(F_DUPFD)', fcntl(from, F_DUPFD, to));
}

/** Forks a child, which prepares itself and executes the program; waits for it. Its standard output is a pipe. */
export function execute(
  path: string,
  args: readonly string[],
  prepare: () => void = () => {},
): ExecutionResult {
  const pipe = pipe2(platform.O_CLOEXEC);
  must('pipe2', pipe);
  const pid = must('fork', fork());
  if (pid === 0) {
    place(pipe.write, 1);
    prepare();
    execve(path, [path, ...args], [searchPath]);
    _exit(127);
  }
  close(pipe.write);
  const output = readToEnd(pipe.read);
  close(pipe.read);
  const { status } = waitpid(pid, 0);
  if (status === 127 << 8) throw new Error(`${path} could not be executed`);
  return { output, waitStatus: status };
}

export interface RunningProgram {
  readonly pid: number;
  /** The next line of its output, without the newline. */
  line(): string;
}

function linesOf(fd: number): () => string {
  let ahead = '';
  return () => {
    if (!ahead.includes('\n')) ahead += readLine(fd);
    const end = ahead.indexOf('\n');
    const line = end < 0 ? ahead : ahead.slice(0, end);
    ahead = end < 0 ? '' : ahead.slice(end + 1);
    return line;
  };
}

/** A shell command that stays until its standard input, a pipe nobody fills, is closed. */
export const stayAfter = (command: string): readonly string[] => ['-c', `${command}; exec cat`];

/**
 * Executes a program that stays, and looks at it as soon as it is executed: a pipe that exec closes says so. Then it is
 * ended.
 */
export function whileRunning<T>(
  path: string,
  args: readonly string[],
  prepare: () => void,
  look: (program: RunningProgram) => T,
): T {
  const [input, output, begun] = [
    pipe2(platform.O_CLOEXEC),
    pipe2(platform.O_CLOEXEC),
    pipe2(platform.O_CLOEXEC),
  ];
  for (const made of [input, output, begun]) must('pipe2', made);
  const pid = must('fork', fork());
  if (pid === 0) {
    place(input.read, 0);
    place(output.write, 1);
    prepare();
    const { errno } = execve(path, [path, ...args], [searchPath]);
    write(begun.write, Buffer.from(errno ?? ''));
    _exit(127);
  }
  for (const end of [input.read, output.write, begun.write]) close(end);
  try {
    const failed = readToEnd(begun.read);
    if (failed !== '') throw new Error(`${path} could not be executed: ${failed}`);
    return look({ pid, line: linesOf(output.read) });
  } finally {
    kill(pid, signalNumber('SIGKILL') ?? 9);
    for (const end of [input.write, output.read, begun.read]) close(end);
    waitpid(pid, 0);
  }
}

/** The errno with which executing `path` fails, from a child of its own. */
export function executeFails(
  path: string,
  args: readonly string[] = [],
  prepare: () => void = () => {},
): ErrnoName | 'succeeds' {
  const pipe = pipe2(platform.O_CLOEXEC);
  must('pipe2', pipe);
  const pid = must('fork', fork());
  if (pid === 0) {
    prepare();
    const { errno } = execve(path, [path, ...args], [searchPath]);
    write(pipe.write, Buffer.from(errno ?? ''));
    _exit(0);
  }
  close(pipe.write);
  const said = readToEnd(pipe.read);
  close(pipe.read);
  waitpid(pid, 0);
  return said === '' ? 'succeeds' : (said as ErrnoName);
}
