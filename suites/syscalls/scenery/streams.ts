/** What the descriptors of a process are. */

import { readlinkSync, statSync } from 'node:fs';
import { F_GETFD, FD_CLOEXEC, fcntl } from '../../../harness/libc/fcntl.ts';

export const isOpen = (fd: number): boolean => fcntl(fd, F_GETFD, 0).errno === null;
export const closesOnExec = (fd: number): boolean => (fcntl(fd, F_GETFD, 0).value & FD_CLOEXEC) !== 0;

/** Where a descriptor of another process leads, proc_pid_fd(5); `closed` if it has none of that number. */
export function targetOf(pid: number, fd: number): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return 'closed';
  }
}

/** Permission bits of a file, octal: `0640`. */
export const modeOf = (path: string): string =>
  `0${(statSync(path).mode & 0o7777).toString(8).padStart(3, '0')}`;
