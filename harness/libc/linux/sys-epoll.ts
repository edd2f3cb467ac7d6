/** <sys/epoll.h>, Linux. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = {
  epoll_create1: functionIfAny('int epoll_create1(int flags)'),
  epoll_ctl: functionIfAny('int epoll_ctl(int epoll, int operation, int fd, void *event)'),
  epoll_wait: functionIfAny('int epoll_wait(int epoll, _Out_ void *events, int count, int timeoutMs)'),
};
const absent: CallResult = { value: -1, errno: 'ENOSYS' };

const EPOLL_CTL_ADD = 1;
const EPOLLIN = 1;

/** epoll_create1(2); ENOSYS where there is none. */
export const epollCreate = (): CallResult =>
  c.epoll_create1 === null ? absent : returned(c.epoll_create1(0));

/** epoll_ctl(2): waits for input on `fd`. */
export function epollAdd(epoll: number, fd: number): CallResult {
  if (c.epoll_ctl === null) return absent;
  // struct epoll_event is packed on x86-64 and padded elsewhere; the data that follows is not looked at.
  const event = Buffer.alloc(16);
  event.writeUInt32LE(EPOLLIN, 0);
  return returned(c.epoll_ctl(epoll, EPOLL_CTL_ADD, fd, event));
}

/** epoll_wait(2): number of descriptors that are ready now. */
export function epollReady(epoll: number): CallResult {
  if (c.epoll_wait === null) return absent;
  return returned(c.epoll_wait(epoll, Buffer.alloc(64), 4, 0));
}
