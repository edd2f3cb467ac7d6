/** <sys/wait.h>: waiting for one's own children. */

import { type CallResult, functionIfAny, libc, returned } from './library.ts';
import { platform } from './platform.ts';

const waitpidOfLibc = libc.func('int waitpid(int pid, _Out_ int *status, int options)');

export const WNOHANG = 1;
export const WUNTRACED = 2;
export const { WEXITED, WSTOPPED, WCONTINUED, WNOWAIT, P_ALL, P_PID, P_PGID, P_PIDFD } = platform;

const status = [0];

/** POSIX.1-2024 XSH waitpid(): ECHILD, EINTR. Value 0 with WNOHANG: nothing to report yet. */
export function waitpid(pid: number, options: number): CallResult & { readonly status: number } {
  const result = returned(waitpidOfLibc(pid, status, options));
  return { value: result.value, errno: result.errno, status: status[0] ?? 0 };
}

/** How a process ended, from its wait status; null for one that stopped or continued. */
export type Ending =
  | { readonly exitCode: number; readonly signal: null }
  | { readonly exitCode: null; readonly signal: number };

/** WIFEXITED, WEXITSTATUS, WIFSIGNALED and WTERMSIG of <sys/wait.h>. */
export function ending(waitStatus: number): Ending | null {
  if (hasContinued(waitStatus)) return null;
  const low = waitStatus & 0x7f;
  if (low === 0) return { exitCode: (waitStatus >> 8) & 0xff, signal: null };
  return low === 0x7f ? null : { exitCode: null, signal: low };
}

/** WIFSTOPPED and WSTOPSIG of <sys/wait.h>: the signal that stopped a process, null for one that did not stop. */
export function stopSignal(waitStatus: number): number | null {
  return (waitStatus & 0xff) === 0x7f && !hasContinued(waitStatus) ? (waitStatus >> 8) & 0xff : null;
}

/** WIFCONTINUED of <sys/wait.h>. */
export const hasContinued = (waitStatus: number): boolean => waitStatus === platform.continuedStatus;

/** Not every OpenBSD has it. */
const waitidOfLibc = functionIfAny('int waitid(int kind, int64_t id, _Out_ void *info, int options)');

/** si_code of a SIGCHLD, <signal.h>, by number. */
const childCodes = [
  '',
  'CLD_EXITED',
  'CLD_KILLED',
  'CLD_DUMPED',
  'CLD_TRAPPED',
  'CLD_STOPPED',
  'CLD_CONTINUED',
];

export interface ChildInformation {
  readonly pid: number;
  readonly code: string;
  readonly status: number;
}

/** POSIX.1-2024 XSH waitid(): ECHILD, EINTR, EINVAL. pid 0 with WNOHANG: nothing to report yet. */
export function waitid(kind: number, id: number, options: number): CallResult & ChildInformation {
  const info = Buffer.alloc(128);
  const at = platform.siginfo;
  const result: CallResult =
    waitidOfLibc === null ? { value: -1, errno: 'ENOSYS' } : returned(waitidOfLibc(kind, id, info, options));
  const code = childCodes[info.readInt32LE(at.code)] ?? '';
  return { ...result, pid: info.readInt32LE(at.pid), code, status: info.readInt32LE(at.status) };
}
