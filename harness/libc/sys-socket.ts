/** <sys/socket.h> */

import { type CallResult, libc, returned } from './library.ts';
import { platform } from './platform.ts';

const c = {
  socketpair: libc.func('int socketpair(int domain, int type, int protocol, _Out_ int *pair)'),
  socket: libc.func('int socket(int domain, int type, int protocol)'),
  sendto: libc.func(
    'intptr_t sendto(int fd, const void *bytes, size_t count, int flags, const void *address, unsigned int length)',
  ),
  bind: libc.func('int bind(int fd, const void *address, unsigned int length)'),
};

export const AF_UNIX = 1;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;

/** POSIX.1-2024 XSH socketpair(). */
export function socketpair(
  domain: number,
  type: number,
): CallResult & { readonly pair: readonly [number, number] } {
  const pair = [-1, -1];
  const result = returned(c.socketpair(domain, type, 0, pair));
  return { ...result, pair: [pair[0] ?? -1, pair[1] ?? -1] };
}

/** POSIX.1-2024 XSH socket(). */
export const socket = (domain: number, type: number): CallResult => returned(c.socket(domain, type, 0));

/**
 * struct sockaddr_un of <sys/un.h>: the family, and on the BSDs the length before it. A leading @ stands for the NUL of
 * an abstract name, unix(7).
 */
export function unixAddress(path: string): Buffer {
  const bytes = Buffer.from(path.startsWith('@') ? `\0${path.slice(1)}` : `${path}\0`);
  const address = Buffer.alloc(2 + bytes.length);
  if (platform.addressesBeginWithLength) {
    address.writeUInt8(address.length, 0);
    address.writeUInt8(AF_UNIX, 1);
  } else {
    address.writeUInt16LE(AF_UNIX, 0);
  }
  bytes.copy(address, 2);
  return address;
}

/** POSIX.1-2024 XSH sendto() of one datagram to a socket in the file system: ECONNREFUSED, ENOENT and more. */
export function sendToPath(fd: number, bytes: Buffer, path: string): CallResult {
  const address = unixAddress(path);
  return returned(c.sendto(fd, bytes, bytes.length, 0, address, address.length));
}

/** <sys/socket.h> */
const MSG_DONTWAIT = process.platform === 'linux' ? 0x40 : 0x80;

/** POSIX.1-2024 XSH sendto() to the other end, at once or not at all: EAGAIN where nobody has read for long. */
export const sendAtOnce = (fd: number, bytes: Buffer): CallResult =>
  returned(c.sendto(fd, bytes, bytes.length, MSG_DONTWAIT, null, 0));

/** POSIX.1-2024 XSH bind() to a path of the file system, <sys/un.h>: EADDRINUSE, EACCES and more. */
export function bindPath(fd: number, path: string): CallResult {
  const address = unixAddress(path);
  return returned(c.bind(fd, address, address.length));
}
