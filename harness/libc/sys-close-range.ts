/** close_range(2), Linux 5.9 and FreeBSD 13; glibc 2.34. */

import { type CallResult, functionIfAny, returned } from './library.ts';

const closeRangeOfLibc = functionIfAny('int close_range(unsigned int first, unsigned int last, int flags)');
/** Before glibc 2.34. The number means something else on any other system. */
const syscall = process.platform === 'linux' ? functionIfAny('long syscall(long number, ...)') : null;
/** OpenBSD and NetBSD have this alone. */
const closefrom = functionIfAny('int closefrom(int first)');
const closeOne = functionIfAny('int close(int fd)');
/** <asm/unistd.h>: the same number on every architecture. */
const SYS_close_range = 436;

/** Highest descriptor number that can be named. */
export const lastDescriptor = 0xffffffff;

/** Closes every descriptor from `first` to `last`; the ones that are not open are no error. EINVAL, ENOSYS. */
export function closeRange(first: number, last: number): CallResult {
  if (first > last) return { value: 0, errno: null };
  if (closeRangeOfLibc !== null || syscall !== null) return closeRangeWith(first, last, 0);
  if (last !== lastDescriptor) for (let fd = first; fd <= last; fd++) closeOne?.(fd);
  // It says EBADF where there is nothing to close.
  else closefrom?.(first);
  return { value: 0, errno: null };
}

/** CLOSE_RANGE_CLOEXEC, Linux 5.11 and FreeBSD: close-on-exec is set, nothing is closed. */
export const CLOSE_RANGE_CLOEXEC = 4;

/** The call as it is, an inverted range and flags included. */
export function closeRangeWith(first: number, last: number, flags: number): CallResult {
  if (closeRangeOfLibc !== null) return returned(closeRangeOfLibc(first, last, flags));
  if (syscall === null) return { value: -1, errno: 'ENOSYS' };
  return returned(
    syscall(SYS_close_range, 'unsigned int', first, 'unsigned int', last, 'unsigned int', flags),
  );
}
