/** close_range(2), Linux 5.9 and FreeBSD 13; glibc 2.34. */

import { libc, type Returned, returned } from './library.ts';

function find(): ((first: number, last: number, flags: number) => number) | null {
  try {
    return libc.func('int close_range(unsigned int first, unsigned int last, int flags)');
  } catch {
    return null;
  }
}
const closeRangeOfLibc = find();
const syscall = libc.func('long syscall(long number, ...)');
/** <asm/unistd.h>: the same number on every architecture. */
const SYS_close_range = 436;

/** Highest descriptor number that can be named. */
export const lastDescriptor = 0xffffffff;

/** Closes every descriptor from `first` to `last`; the ones that are not open are no error. EINVAL, ENOSYS. */
export function closeRange(first: number, last: number): Returned {
  if (first > last) return { value: 0, errno: null };
  return closeRangeWith(first, last, 0);
}

/** CLOSE_RANGE_CLOEXEC, Linux 5.11 and FreeBSD: close-on-exec is set, nothing is closed. */
export const CLOSE_RANGE_CLOEXEC = 4;

/** The call as it is, an inverted range and flags included. */
export function closeRangeWith(first: number, last: number, flags: number): Returned {
  return returned(
    closeRangeOfLibc === null
      ? syscall(SYS_close_range, 'unsigned int', first, 'unsigned int', last, 'unsigned int', flags)
      : closeRangeOfLibc(first, last, flags),
  );
}
