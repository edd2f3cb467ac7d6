/** What the caller's descriptors and files are. */

import { statSync } from 'node:fs';
import { F_GETFD, FD_CLOEXEC, fcntl } from '../../../harness/libc/fcntl.ts';

export const isOpen = (fd: number): boolean => fcntl(fd, F_GETFD, 0).errno === null;
export const closesOnExec = (fd: number): boolean => (fcntl(fd, F_GETFD, 0).value & FD_CLOEXEC) !== 0;

/** Permission bits of a file, octal: `0640`. */
export const modeOf = (path: string): string =>
  `0${(statSync(path).mode & 0o7777).toString(8).padStart(3, '0')}`;
