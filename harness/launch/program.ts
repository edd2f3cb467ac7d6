/** The fork and exec of the program itself, and how the stage learns that they happened. */

import { open } from '../libc/fcntl.ts';
import { fork } from '../libc/fork.ts';
import { must } from '../libc/library.ts';
import { dropCapabilities } from '../libc/linux/capability.ts';
import { platform } from '../libc/platform.ts';
import { poll, pollSet } from '../libc/poll.ts';
import { kill } from '../libc/signal.ts';
import { flock, LOCK_SH } from '../libc/sys-file.ts';
import { waitpid } from '../libc/sys-wait.ts';
import { _exit, close, execve, pipe2, read, write } from '../libc/unistd.ts';
import { withNotifySocket } from './dimensions/notify-socket.ts';
import { SIGKILL } from './end-tree.ts';
import { statusDescriptor } from './place-descriptors.ts';
import { enterStartState } from './prepare.ts';
import type { LaunchRequest } from './protocol.ts';
import { reaper } from './reaper.ts';
import type { Scenery } from './scenery.ts';
import { canBeSpawned, spawnProgram } from './spawn-program.ts';

/** Reads a fixture's module; what it returns runs its steps in the calling process. */
export type ReadModule = (path: string) => () => void;

export type StartResult =
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'failed'; readonly call: string; readonly errno: string };

const prepared = 'prepared';

function readToEnd(fd: number): string {
  const buffer = Buffer.alloc(256);
  let text = '';
  for (;;) {
    const { value } = read(fd, buffer);
    if (value <= 0) return text;
    text += buffer.toString('latin1', 0, value);
  }
}

/** Everybody who waits for the lock is let through at once. */
function waitAt(gate: string): void {
  const fd = open(gate, 0 /* O_RDONLY */ | platform.O_CLOEXEC);
  if (fd.errno !== null) return;
  flock(fd.value, LOCK_SH);
  close(fd.value);
}

/** Keeps a forked process from running until it is followed: what it forks before would never be told of. */
function hold(): { wait(): void; release(): void } {
  const gate = pipe2(platform.O_CLOEXEC);
  must('pipe2', gate);
  return {
    wait() {
      close(gate.write);
      read(gate.read, Buffer.alloc(1));
      close(gate.read);
    },
    release() {
      close(gate.read);
      close(gate.write);
    },
  };
}

/** What a launch is made of: its request, the scenery that was set for it, and the environment made of both. */
interface Beginning {
  readonly request: LaunchRequest;
  readonly scenery: Scenery;
  /** `NAME=value`, as execve(2) takes it. */
  readonly environment: readonly string[];
}

function becomeProgram(
  { request, scenery, environment }: Beginning,
  status: number,
  readModule: ReadModule,
): never {
  const runModule = request.image.kind === 'module' ? readModule(request.image.path) : null;
  const { start } = request;
  const { directory, streams: standardStreams, planted } = scenery;
  const terminal = scenery.terminal?.slave ?? -1;
  enterStartState({ start, directory, placement: { standardStreams, planted, status, terminal } });
  if (request.gate !== undefined) waitAt(request.gate);
  if (request.restMs !== undefined) poll(pollSet([]), request.restMs);
  // Nobody would ever learn of it, and the stage would take it for lost and wait for its end.
  if (write(statusDescriptor, Buffer.from(prepared)).errno !== null) _exit(127);
  if (runModule !== null) {
    close(statusDescriptor);
    // As execve(2) does for whoever is not root, capabilities(7): in a user namespace of its own it has them all.
    if (process.geteuid?.() !== 0) dropCapabilities();
    // Whatever happens, the child must not go on as if it were the stage it was forked from.
    try {
      // What Node has of its own environment is the launcher's.
      for (const name of Object.keys(process.env)) delete process.env[name];
      for (const line of environment) {
        const at = line.indexOf('=');
        process.env[line.slice(0, at)] = line.slice(at + 1);
      }
      process.argv.splice(1, process.argv.length, ...request.argv);
      runModule();
      _exit(0);
    } catch (error) {
      write(2, Buffer.from(`${error instanceof Error ? error.message : String(error)}\n`));
      _exit(70);
    }
  }
  const { errno } = execve(request.image.path, request.argv, environment);
  write(statusDescriptor, Buffer.from(` ${errno}`));
  _exit(127);
}

/** Called with the forked process before it runs. */
type Follow = ((pid: number) => void) | null;

/**
 * Starts the program, by posix_spawn(2) where its start state can be had so and nobody has to follow it from its first
 * instruction on. All signals have to be blocked.
 */
export function beginProgram(
  request: LaunchRequest,
  scenery: Scenery,
  readModule: ReadModule,
  follow: Follow = null,
): StartResult {
  const environment = withNotifySocket(request.environment, request.start, scenery.notifySocket);
  if (follow === null && canBeSpawned(request)) {
    const pid = spawnProgram(request, scenery, environment);
    // Why it could not be is said by the steps one by one.
    if (pid !== null) return { kind: 'started', pid };
  }
  return forkProgram({ request, scenery, environment }, readModule, follow);
}

/**
 * Forks and executes the program. End of file on the status channel after `prepared` means that execve(2) closed it.
 * A child that ended before it was prepared was lost by the fork inside Node, not by the program: it is forked again.
 *
 * @param follow called with the forked process before it runs
 */
function forkProgram(beginning: Beginning, readModule: ReadModule, follow: Follow): StartResult {
  for (let attempt = 0; attempt < 5; attempt++) {
    const status = pipe2(platform.O_CLOEXEC);
    must('pipe2', status);
    const held = reaper.adopts && follow === null ? null : hold();
    const pid = must('fork', fork());
    if (pid === 0) {
      held?.wait();
      becomeProgram(beginning, status.write, readModule);
    }
    reaper.track(pid);
    follow?.(pid);
    held?.release();
    close(status.write);
    const said = readToEnd(status.read);
    close(status.read);
    if (said === prepared) return { kind: 'started', pid };
    kill(pid, SIGKILL);
    waitpid(pid, 0);
    if (said.startsWith(prepared)) {
      return { kind: 'failed', call: 'execve', errno: said.slice(prepared.length + 1) };
    }
  }
  return { kind: 'failed', call: 'fork', errno: 'the child ended before execve' };
}
