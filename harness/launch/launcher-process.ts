/** The launcher as a process: how the harness talks to it, however it came by it. */

import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { engine } from '../libc/engine.ts';

/** How a launcher ends that did all that it had to. */
export const endedWell = 'exit status 0';

export interface LauncherProcess {
  /** Its process ID; none if it could not be started. */
  readonly pid: number | undefined;
  /** One request, as a line. To a launcher that is gone it is lost. */
  send(line: string): void;
  /** Calls back for all that is said, piece by piece. */
  onText(listener: (text: string) => void): void;
  /**
   * Calls back once, when it has ended and all was heard that it and its stages said, or at most `patienceMs` later
   * where a stage hangs.
   */
  onEnd(listener: (how: string) => void, patienceMs: number): void;
  kill(signal: 'SIGKILL' | 'SIGCONT'): void;
  /** No request follows: it ends every launch, and then itself. */
  finish(): void;
}

/** The compiled launcher: Node runs no TypeScript, also when the harness itself runs from source in a test. */
function launcherFile(): string {
  const beside = join(__dirname, 'launcher-entry.js');
  return existsSync(beside) ? beside : join(__dirname, '../../dist/harness/launch/launcher-entry.js');
}

/**
 * One thread, or it could not fork. The rest is for what it forks: compiled once beforehand instead of in every child,
 * never optimised, which nothing lives long enough for, and with little memory to copy.
 */
const launcherOptions = [
  '--single-threaded',
  '--v8-pool-size=0',
  '--no-lazy',
  '--no-flush-bytecode',
  '--no-opt',
  '--max-semi-space-size=1',
] as const;

/** It could be given no channels. */
export class TooFewDescriptors extends Error {}

/**
 * A launcher of its own: what a host with threads can have. It leads its own session, so that a ^C meant for the
 * harness leaves the ending of launches to the harness.
 *
 * @throws TooFewDescriptors
 */
export function spawnLauncher(): LauncherProcess {
  // Loaded where it is used: a command that has forked its launcher does without.
  const { spawn } = process.getBuiltinModule('node:child_process');
  // NODE_* and npm_* variables would change or slow the launcher, and are none of its business.
  const child = spawn(process.execPath, [...launcherOptions, launcherFile()], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { PATH: process.env.PATH, TMPDIR: resolve(tmpdir()), ...engine.environment },
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) {
    // The reason comes as an event of its own; there is but one for which Node opens no channels at all.
    child.once('error', () => {});
    throw new TooFewDescriptors('too few open descriptors are allowed, raise the limit (ulimit -n)');
  }
  stdout.setEncoding('utf8');
  // What the launcher's end means is told by its exit; a write to a dead launcher is not news of its own.
  stdin.on('error', () => {});
  return {
    pid: child.pid,
    send: (line) => void stdin.write(line),
    onText: (listener) => void stdout.on('data', listener),
    onEnd(listener, patienceMs) {
      child.once('error', (error) => listener(error.message));
      const ended = (status: number | null, signal: string | null): void =>
        listener(signal ?? `exit status ${status}`);
      // Not 'exit': what it said last may still be on its way. Nor what a stage says, unless that hangs.
      child.once('close', ended);
      child.once('exit', (...how) => {
        const timer = setTimeout(() => ended(...how), patienceMs);
        child.once('close', () => clearTimeout(timer));
      });
    },
    kill: (signal) => void child.kill(signal),
    finish: () => void stdin.end(),
  };
}
