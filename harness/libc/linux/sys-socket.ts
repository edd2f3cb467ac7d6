/** <sys/socket.h>, Linux: options of sockets, with the numbers of <asm-generic/socket.h>. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const get = functionIfAny(
  'int getsockopt(int fd, int level, int name, _Out_ void *value, _Inout_ unsigned int *size)',
);

const SOL_SOCKET = 1;
export const SO_TYPE = 3;
/** A struct timeval: all zero where there is no time limit. */
export const SO_RCVTIMEO = 20;
export const SO_ACCEPTCONN = 30;
export const SO_DOMAIN = 39;

/** POSIX.1-2024 XSH getsockopt() at SOL_SOCKET: ENOTSOCK, EBADF. The value is written to the buffer. */
export const socketOption = (fd: number, name: number, value: Buffer): CallResult =>
  get === null ? { value: -1, errno: 'ENOSYS' } : returned(get(fd, SOL_SOCKET, name, value, [value.length]));
