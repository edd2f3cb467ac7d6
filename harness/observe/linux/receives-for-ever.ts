/** Whether a clock may end a receive on a socket of another process: asked of the socket, by a descriptor of our own. */

import { pidfdGetfd, pidfdOpen } from '../../libc/linux/sys-pidfd.ts';
import { SO_ACCEPTCONN, SO_DOMAIN, SO_RCVTIMEO, SO_TYPE, socketOption } from '../../libc/linux/sys-socket.ts';
import { AF_UNIX, SOCK_DGRAM } from '../../libc/sys-socket.ts';
import { close } from '../../libc/unistd.ts';

/** struct timeval. */
const timeLimit = Buffer.alloc(16);
const word = Buffer.alloc(4);

function numberOf(fd: number, option: number): number | null {
  return socketOption(fd, option, word).errno === null ? word.readInt32LE(0) : null;
}

/**
 * SO_RCVTIMEO, socket(7), is not set, and the protocol has no clock either, as that of a connection has: tcp(7),
 * SO_KEEPALIVE. So it listens, takes datagrams, or stays on this machine.
 */
function hasNoClock(socket: number): boolean {
  const isLimited =
    socketOption(socket, SO_RCVTIMEO, timeLimit).errno !== null || !timeLimit.every((byte) => byte === 0);
  if (isLimited) return false;
  return (
    numberOf(socket, SO_ACCEPTCONN) === 1 ||
    numberOf(socket, SO_TYPE) === SOCK_DGRAM ||
    numberOf(socket, SO_DOMAIN) === AF_UNIX
  );
}

/** False also where it may not be asked: pidfd_getfd(2), Linux 5.6, needs PTRACE_MODE_ATTACH_REALCREDS. */
export function receivesForEver(pid: number, fd: number): boolean {
  const process = pidfdOpen(pid, 0);
  if (process.errno !== null) return false;
  const socket = pidfdGetfd(process.value, fd);
  close(process.value);
  if (socket.errno !== null) return false;
  const found = hasNoClock(socket.value);
  close(socket.value);
  return found;
}
