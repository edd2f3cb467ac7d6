/** <net/if.h>, Linux: interfaces of the caller's network namespace, netdevice(7). */

import { closeSync } from 'node:fs';
import { type CallResult, functionIfAny, returned } from '../library.ts';
import { SOCK_DGRAM, socket } from '../sys-socket.ts';

const AF_INET = 2;
const SIOCGIFFLAGS = 0x8913;
const SIOCSIFFLAGS = 0x8914;
const IFF_UP = 1;
/** struct ifreq: the name, then a union of which the flags are the first two bytes. */
const nameBytes = 16;
const bytes = 40;

const ioctl = functionIfAny('int ioctl(int fd, unsigned long request, _Inout_ void *argument)');

/** Brings an interface up: ENODEV where there is none, EPERM without the privilege. */
export function bringUp(name: string): CallResult {
  if (ioctl === null) return { value: -1, errno: 'ENOSYS' };
  const fd = socket(AF_INET, SOCK_DGRAM);
  if (fd.errno !== null) return fd;
  const request = Buffer.alloc(bytes);
  request.write(name, 0, nameBytes - 1, 'latin1');
  let result = returned(ioctl(fd.value, SIOCGIFFLAGS, request));
  if (result.errno === null) {
    request.writeInt16LE(request.readInt16LE(nameBytes) | IFF_UP, nameBytes);
    result = returned(ioctl(fd.value, SIOCSIFFLAGS, request));
  }
  closeSync(fd.value);
  return result;
}
