/**
 * The launcher as a fork of the command itself, made before anything else is loaded: one start of Node, a small image
 * to copy, and both go on at once. Only a process that runs with --single-threaded can have it.
 */

import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { F_SETFL, fcntl } from '../libc/fcntl.ts';
import { canFork, fork } from '../libc/fork.ts';
import { koffi } from '../libc/library.ts';
import { pidfdOpen } from '../libc/linux/sys-pidfd.ts';
import { platform, signalName, signalNumber } from '../libc/platform.ts';
import { kill } from '../libc/signal.ts';
import { ending, WNOHANG, waitpid } from '../libc/sys-wait.ts';
import { _exit, close, dup2, getpid, pipe2, read, setsid, write } from '../libc/unistd.ts';
import type { LauncherProcess } from './launcher-process.ts';
import type { UnableEvent } from './protocol.ts';

type LauncherModule = typeof import('./launcher.ts');

interface ForkedLauncher {
  readonly pid: number;
  readonly pidfd: number;
  readonly requests: number;
  readonly events: number;
}

/** What the child does: it never returns to Node, whatever happens. */
function become(load: () => LauncherModule, worlds: number | null): never {
  try {
    // A relative one would be another place wherever a stage goes.
    process.env.TMPDIR = resolve(tmpdir());
    const { runLauncher, whyUnable } = load();
    const because = whyUnable();
    if (because === null) runLauncher(worlds);
    else tell(because);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
  _exit(1);
}

function tell(because: string): void {
  write(1, Buffer.from(`${JSON.stringify({ type: 'unable', because } satisfies UnableEvent)}\n`));
}

/**
 * What a forked launcher says wakes the event loop. Seen with Node 26.12: the command stays in epoll_pwait(2) while
 * launcher and stage wait for it, and goes on when a timer ends.
 */
function isWoken(): boolean {
  return Number.parseInt(process.versions.node, 10) < 26;
}

function forkIt(load: () => LauncherModule, worlds: number | null): ForkedLauncher | null {
  if (process.platform !== 'linux' || !canFork() || !isWoken()) return null;
  const own = pidfdOpen(getpid(), 0);
  if (own.errno !== null) return null;
  close(own.value);
  const requests = pipe2(platform.O_CLOEXEC);
  const events = pipe2(platform.O_CLOEXEC);
  if (requests.errno !== null || events.errno !== null) return null;
  const { value: pid, errno } = fork();
  if (errno !== null) return null;
  if (pid === 0) {
    // A ^C meant for the harness leaves the ending of launches to the harness.
    setsid();
    dup2(requests.read, 0);
    dup2(events.write, 1);
    for (const fd of [requests.read, requests.write, events.read, events.write]) if (fd > 2) close(fd);
    become(load, worlds);
  }
  close(requests.read);
  close(events.write);
  fcntl(requests.write, F_SETFL, platform.O_NONBLOCK);
  fcntl(events.read, F_SETFL, platform.O_NONBLOCK);
  return { pid, pidfd: pidfdOpen(pid, 0).value, requests: requests.write, events: events.read };
}

/**
 * Forks the launcher; null where that is refused, or where the calling process cannot have one.
 *
 * @param load loads it, in the child
 * @param worlds so many of the first launches probably are to have worlds of their own, null for any number
 */
export function forkLauncher(load: () => LauncherModule, worlds: number | null): LauncherProcess | null {
  const forked = forkIt(load, worlds);
  return forked === null ? null : talkTo(forked);
}

/** Lines that a full pipe did not take are sent when it takes them. */
function sender(fd: number): { send(line: string): void; finish(): void } {
  let queue: Buffer[] = [];
  let finished = false;
  let waiting = false;
  const flush = (): void => {
    waiting = false;
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      const { value, errno } = write(fd, first);
      if (errno === 'EAGAIN') {
        waiting = true;
        const handle = koffi.node.poll(fd, { writable: true }, () => {
          handle.close();
          flush();
        });
        return;
      }
      if (errno !== null) queue = [];
      else if (value === first.length) queue.shift();
      else queue[0] = first.subarray(value);
    }
    if (finished) close(fd);
  };
  return {
    send(line) {
      if (finished) return;
      queue.push(Buffer.from(line));
      if (!waiting) flush();
    },
    finish() {
      if (finished) return;
      finished = true;
      if (!waiting) flush();
    },
  };
}

function talkTo({ pid, pidfd, requests, events }: ForkedLauncher): LauncherProcess {
  const out = sender(requests);
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(64 * 1024);
  let hear: (text: string) => void = () => {};
  let end: (how: string) => void = () => {};
  let how: string | null = null;
  let silent = false;
  let patience = 0;
  const over = (): void => {
    if (how === null) return;
    if (silent) end(how);
    // What its stages say may still be on its way, unless one hangs.
    else setTimeout(() => end(how ?? ''), patience);
  };
  const listening = koffi.node.poll(events, { readable: true, disconnect: true }, () => {
    for (;;) {
      const { value, errno } = read(events, buffer);
      if (errno === 'EAGAIN' || errno === 'EINTR') return;
      if (value <= 0) break;
      hear(decoder.write(buffer.subarray(0, value)));
    }
    listening.close();
    close(events);
    silent = true;
    over();
  });
  const watching = koffi.node.poll(pidfd, { readable: true }, () => {
    const waited = waitpid(pid, WNOHANG);
    if (waited.value === 0) return;
    watching.close();
    close(pidfd);
    const ended = ending(waited.status);
    how = ended?.signal ? signalName(ended.signal) : `exit status ${ended?.exitCode}`;
    over();
  });
  return {
    pid,
    send: out.send,
    onText(listener) {
      hear = listener;
    },
    onEnd(listener, patienceMs) {
      end = listener;
      patience = patienceMs;
    },
    kill(signal) {
      // As long as it was not waited for, the number is its own.
      if (how === null) kill(pid, signalNumber(signal) ?? 0);
    },
    finish: out.finish,
  };
}
