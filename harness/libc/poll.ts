/** <poll.h> */

import { type CallResult, libc, returned } from './library.ts';

const c = { poll: libc.func('int poll(_Inout_ void *fds, unsigned long count, int timeoutMs)') };

export const POLLIN = 1;
export const POLLERR = 8;
export const POLLHUP = 16;
export const POLLNVAL = 32;

/** A set of descriptors to wait for input on, as an array of struct pollfd kept between calls. */
export interface PollSet {
  readonly bytes: Buffer;
  readonly fds: readonly number[];
}

/** Negative descriptors are left out by poll() itself. */
export function pollSet(fds: readonly number[]): PollSet {
  const bytes = Buffer.alloc(8 * Math.max(fds.length, 1));
  fds.forEach((fd, i) => {
    bytes.writeInt32LE(fd, 8 * i);
    bytes.writeInt16LE(POLLIN, 8 * i + 4);
  });
  return { bytes, fds };
}

/** POSIX.1-2024 XSH poll(): milliseconds, -1 for no limit. EINTR, EAGAIN. */
export const poll = ({ bytes, fds }: PollSet, timeoutMs: number): CallResult =>
  returned(c.poll(bytes, fds.length, timeoutMs));

/** What was returned for the descriptor at `index` of the set. */
export const events = ({ bytes }: PollSet, index: number): number => bytes.readInt16LE(8 * index + 6);
