/** <sys/wait.h>: waiting for one's own children. */

import { libc, type Returned, returned } from './library.ts';

const waitpidOfLibc = libc.func('int waitpid(int pid, _Out_ int *status, int options)');

export const WNOHANG = 1;
export const WUNTRACED = 2;

const status = [0];

/** POSIX.1-2024 XSH waitpid(): ECHILD, EINTR. Value 0 with WNOHANG: nothing to report yet. */
export function waitpid(pid: number, options: number): Returned & { readonly status: number } {
  const result = returned(waitpidOfLibc(pid, status, options));
  return { value: result.value, errno: result.errno, status: status[0] ?? 0 };
}

/** How a process ended, from its wait status; null for one that stopped or continued. */
export type Ending =
  | { readonly exitCode: number; readonly signal: null }
  | { readonly exitCode: null; readonly signal: number };

/** WIFEXITED, WEXITSTATUS, WIFSIGNALED and WTERMSIG of <sys/wait.h>. */
export function ending(waitStatus: number): Ending | null {
  const low = waitStatus & 0x7f;
  if (low === 0) return { exitCode: (waitStatus >> 8) & 0xff, signal: null };
  return low === 0x7f ? null : { exitCode: null, signal: low };
}
