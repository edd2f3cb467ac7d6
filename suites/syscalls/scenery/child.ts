/** Processes a promise needs beside its own: each genuinely forked, and heard through pipes, never by waiting a while. */

import { fork } from '../../../harness/libc/fork.ts';
import { must } from '../../../harness/libc/library.ts';
import { platform, signalName } from '../../../harness/libc/platform.ts';
import { ending, stopSignal, WUNTRACED, waitpid } from '../../../harness/libc/sys-wait.ts';
import { _exit, close, pipe2, read, write } from '../../../harness/libc/unistd.ts';

/** Something that happens once in one process and is waited for in another. */
export interface Gate {
  open(): void;
  /** Blocks until it is open, or until every process that could open it has ended. */
  pass(): void;
}

/** Has to be made before the fork that parts the two processes. */
export function gate(): Gate {
  const pipe = pipe2(platform.O_CLOEXEC);
  must('pipe2', pipe);
  const byte = Buffer.alloc(1);
  return {
    open: () => void write(pipe.write, byte),
    pass: () => void read(pipe.read, byte),
  };
}

export interface Child<T> {
  readonly pid: number;
  /** What it returned. @throws Error if it ended without returning */
  result(): T;
  /** Waits for its end: `exited with 0`, `SIGHUP`. */
  ended(): string;
  /** Waits until it has stopped or ended: `SIGTTIN`; what ended() says if it did not stop. */
  stopped(): string;
}

function howEnded(status: number): string {
  const how = ending(status);
  if (how === null) return `wait status ${status}`;
  return how.signal === null ? `exited with ${how.exitCode}` : signalName(how.signal);
}

/** Until the end of the file. */
export function readToEnd(fd: number): string {
  const buffer = Buffer.alloc(4096);
  let text = '';
  for (;;) {
    const { value } = read(fd, buffer);
    if (value <= 0) return text;
    text += buffer.toString('latin1', 0, value);
  }
}

/** Up to the end of a line, or of the file. */
export function readLine(fd: number): string {
  const buffer = Buffer.alloc(4096);
  let text = '';
  for (;;) {
    const { value } = read(fd, buffer);
    if (value <= 0) return text;
    text += buffer.toString('latin1', 0, value);
    if (text.endsWith('\n')) return text;
  }
}

/** Forks; the child runs `body`, hands over what it returns, and exits. */
export function start<T>(body: () => T): Child<T> {
  const pipe = pipe2(platform.O_CLOEXEC);
  must('pipe2', pipe);
  const pid = must('fork', fork());
  if (pid === 0) {
    let line: string;
    try {
      line = JSON.stringify({ value: body() ?? null });
    } catch (error) {
      line = JSON.stringify({ because: error instanceof Error ? error.message : String(error) });
    }
    write(pipe.write, Buffer.from(`${line}\n`));
    _exit(0);
  }
  close(pipe.write);
  return {
    pid,
    result: () => {
      // A descendant may still hold the pipe: the line is the message, not its end.
      const text = readLine(pipe.read);
      close(pipe.read);
      if (text === '') throw new Error('a process that was to report had ended before it could');
      const said = JSON.parse(text) as { readonly value: T } | { readonly because: string };
      if ('because' in said) throw new Error(said.because);
      return said.value;
    },
    ended: () => {
      const waited = waitpid(pid, 0);
      must('waitpid', waited);
      return howEnded(waited.status);
    },
    stopped: () => {
      const waited = waitpid(pid, WUNTRACED);
      must('waitpid', waited);
      const signal = stopSignal(waited.status);
      return signal === null ? howEnded(waited.status) : signalName(signal);
    },
  };
}

/** What `body` returns in a freshly forked child, after that has ended. */
export function inChild<T>(body: () => T): T {
  const child = start(body);
  const value = child.result();
  child.ended();
  return value;
}

/** Carries one value from whichever process puts it in to the one that takes it out. Made before they part. */
export interface Mailbox<T> {
  put(value: T): void;
  /** Blocks until there is one. */
  take(): T;
}

export function mailbox<T>(): Mailbox<T> {
  const pipe = pipe2(platform.O_CLOEXEC);
  must('pipe2', pipe);
  return {
    put: (value) => void write(pipe.write, Buffer.from(`${JSON.stringify(value)}\n`)),
    take: () => JSON.parse(readLine(pipe.read)) as T,
  };
}

/** A process ID that no system gives out. */
export const noSuchProcess = 2 ** 30;

/** Waits for the end of any child of the caller by its process ID: `exited with 0`, `SIGHUP`. */
export function endingOf(pid: number): string {
  const waited = waitpid(pid, 0);
  must('waitpid', waited);
  return howEnded(waited.status);
}
