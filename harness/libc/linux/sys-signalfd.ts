/** <sys/signalfd.h>, Linux. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = { signalfd: functionIfAny('int signalfd(int fd, const void *mask, int flags)') };

/** signalfd(2): a descriptor that is readable while one of the blocked signals in `mask` is pending. ENOSYS. */
export const signalfd = (mask: Buffer, flags: number): CallResult =>
  c.signalfd === null ? { value: -1, errno: 'ENOSYS' } : returned(c.signalfd(-1, mask, flags));
