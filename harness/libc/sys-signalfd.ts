/** <sys/signalfd.h>, Linux. */

import { libc, type Returned, returned } from './library.ts';

const c = { signalfd: libc.func('int signalfd(int fd, const void *mask, int flags)') };

/** signalfd(2): a descriptor that is readable while one of the blocked signals in `mask` is pending. */
export const signalfd = (mask: Buffer, flags: number): Returned => returned(c.signalfd(-1, mask, flags));
