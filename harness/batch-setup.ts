/** What a program of a batch needs around it: commands run before it, each within a time limit, none left running. */

import { spawn } from 'node:child_process';

export interface SetupPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** As much of what a command wrote as a line of explanation bears. */
const toldAtMost = 300;

/** @returns null, or why the first command that failed did */
export async function runSetup(
  commands: readonly (readonly string[])[],
  place: SetupPlace,
): Promise<string | null> {
  for (const command of commands) {
    const failed = await runCommand(command, place);
    if (failed !== null) return failed;
  }
  return null;
}

function runCommand(
  [word = '', ...rest]: readonly string[],
  { cwd, env, timeoutMs, signal }: SetupPlace,
): Promise<string | null> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve('stopped');
    // A process group of its own, so that what the command left in the background ends with it.
    const child = spawn(word, rest, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let wrote = '';
    let because: string | null = null;
    const endGroup = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // ESRCH: nothing of it is left.
      }
    };
    const stop = (why: string): void => {
      because ??= why;
      endGroup();
    };
    const timer = setTimeout(() => stop(`${word} did not end within ${timeoutMs / 1_000} s`), timeoutMs);
    const onAbort = (): void => stop('stopped');
    signal?.addEventListener('abort', onAbort, { once: true });
    const over = (outcome: string | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      endGroup();
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(because ?? outcome);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        wrote = (wrote + text).slice(-toldAtMost);
      });
    }
    child.once('error', (error) => over(`${word}: ${error.message}`));
    // `exit` and not `close`: a process left in the background may hold the pipes open.
    child.once('exit', (status, by) => {
      if (status === 0) return over(null);
      const told = wrote.trim() === '' ? '' : `: ${wrote.trim().replace(/\s+/g, ' ')}`;
      // What it wrote last may still be in the pipe.
      setImmediate(() => over(`${word} ended with ${by ?? `status ${status}`}${told}`));
    });
  });
}
