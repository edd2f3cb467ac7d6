/** <sys/file.h> */

import { type CallResult, libc, returned } from './library.ts';

const c = { flock: libc.func('int flock(int fd, int operation)') };

export const LOCK_SH = 1;
export const LOCK_EX = 2;
export const LOCK_NB = 4;
export const LOCK_UN = 8;

/** flock(2): EWOULDBLOCK with LOCK_NB while another open file description holds the lock. */
export const flock = (fd: number, operation: number): CallResult => returned(c.flock(fd, operation));
