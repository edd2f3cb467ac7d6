/** Datagrams with the process that sent them: SO_PASSCRED and SCM_CREDENTIALS, unix(7). Linux. */

import { type CallResult, koffi, libc, returned } from '../library.ts';

const c = {
  setsockopt: libc.func(
    'int setsockopt(int fd, int level, int name, const void *value, unsigned int length)',
  ),
  recvmsg: libc.func('intptr_t recvmsg(int fd, void *message, int flags)'),
};

/** <sys/socket.h> of Linux. */
const SOL_SOCKET = 1;
const SO_PASSCRED = 16;
const SCM_CREDENTIALS = 2;
const MSG_DONTWAIT = 0x40;
/** struct iovec, struct msghdr and struct cmsghdr of 64-bit Linux; the last with a struct ucred of three ints. */
const vectorBytes = 16;
const messageBytes = 56;
const controlBytes = 32;
const credentialsAt = 16;

/** The kernel adds to each datagram from now on who has sent it. */
export function passCredentials(fd: number): CallResult {
  const on = Buffer.alloc(4);
  on.writeInt32LE(1, 0);
  return returned(c.setsockopt(fd, SOL_SOCKET, SO_PASSCRED, on, on.length));
}

export interface Datagram {
  readonly bytes: Buffer;
  /** Process ID of the sender, in the receiver's PID namespace; null if the kernel did not tell. */
  readonly from: number | null;
}

/** The next datagram, at most 4096 bytes of it; null if none is there. Does not wait. */
export function receiveDatagram(fd: number): Datagram | null {
  const bytes = Buffer.alloc(4096);
  const control = Buffer.alloc(controlBytes);
  const vector = Buffer.alloc(vectorBytes);
  vector.writeBigUInt64LE(BigInt(koffi.address(bytes)), 0);
  vector.writeBigUInt64LE(BigInt(bytes.length), 8);
  const message = Buffer.alloc(messageBytes);
  message.writeBigUInt64LE(BigInt(koffi.address(vector)), 16);
  message.writeBigUInt64LE(1n, 24);
  message.writeBigUInt64LE(BigInt(koffi.address(control)), 32);
  message.writeBigUInt64LE(BigInt(control.length), 40);
  const { value } = returned(c.recvmsg(fd, message, MSG_DONTWAIT));
  if (value < 0) return null;
  const told =
    message.readBigUInt64LE(40) >= BigInt(credentialsAt + 12) &&
    control.readInt32LE(8) === SOL_SOCKET &&
    control.readInt32LE(12) === SCM_CREDENTIALS;
  const pid = told ? control.readInt32LE(credentialsAt) : 0;
  return { bytes: bytes.subarray(0, value), from: pid > 0 ? pid : null };
}
