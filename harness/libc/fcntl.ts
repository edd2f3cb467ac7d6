/** <fcntl.h> */

import { libc, type Returned, returned } from './library.ts';

const c = {
  open: libc.func('int open(const char *path, int flags, ...)'),
  fcntl: libc.func('int fcntl(int fd, int command, ...)'),
};

export const F_DUPFD = 0;
/** Linux; POSIX.1-2008 leaves the number to the system. */
export const F_DUPFD_CLOEXEC = 1030;
export const F_GETFD = 1;
export const F_SETFD = 2;
export const F_GETFL = 3;
export const F_SETFL = 4;
export const FD_CLOEXEC = 1;

/** POSIX.1-2024 XSH open(); `mode` counts only with O_CREAT. */
export const open = (path: string, flags: number, mode = 0): Returned =>
  returned(c.open(path, flags, 'uint32_t', mode));
/** POSIX.1-2024 XSH fcntl() with an int argument. */
export const fcntl = (fd: number, command: number, argument: number): Returned =>
  returned(c.fcntl(fd, command, 'int', argument));
