/** close_range(2), Linux 5.9 and FreeBSD 13; glibc 2.34. */

import { type CallResult, functionIfAny, returned } from './library.ts';
import { ownDescriptors } from './linux/own-descriptors.ts';
import { platform } from './platform.ts';
import { getrlimit } from './sys-resource.ts';

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

/**
 * Closes every descriptor from `first` to `last`; the ones that are not open are no error. They are closed one by one
 * where the call is refused: by a kernel before Linux 5.9, or by a filter of seccomp(2) that does not know it.
 */
export function closeRange(first: number, last: number): CallResult {
  const closed: CallResult = { value: 0, errno: null };
  if (first > last) return closed;
  const called = closeRangeOfLibc !== null || syscall !== null;
  if (called && closeRangeWith(first, last, 0).errno === null) return closed;
  // It says EBADF where there is nothing to close.
  if (last === lastDescriptor && closefrom !== null) closefrom(first);
  else for (const fd of openDescriptors(first, last)) closeOne?.(fd);
  return closed;
}

/** Those that are open; where the system does not list them, all that may be. */
function openDescriptors(first: number, last: number): readonly number[] {
  const listed = ownDescriptors();
  if (listed !== null) return listed.filter((fd) => fd >= first && fd <= last);
  const highest = Math.min(last, Number(getrlimit(platform.RLIMIT_NOFILE).soft) - 1);
  return Array.from({ length: Math.max(0, highest - first + 1) }, (_, i) => first + i);
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
