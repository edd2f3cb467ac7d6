/** <fcntl.h> */

import { type CallResult, libc, returned } from './library.ts';
import { platform } from './platform.ts';

const c = {
  open: libc.func('int open(const char *path, int flags, ...)'),
  fcntl: libc.func('int fcntl(int fd, int command, ...)'),
};

export const F_DUPFD = 0;
export const F_GETFD = 1;
export const F_SETFD = 2;
export const F_GETFL = 3;
export const F_SETFL = 4;
export const FD_CLOEXEC = 1;
/** POSIX.1-2024: closed in the child of fork(). The number is that of FreeBSD 15; Linux has none and drops the bit. */
export const FD_CLOFORK = 4;
export const { F_DUPFD_CLOEXEC, F_GETLK, F_SETLK, F_OFD_GETLK, F_OFD_SETLK, F_RDLCK, F_WRLCK, F_UNLCK } =
  platform;
export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;

/** POSIX.1-2024 XSH open(); `mode` counts only with O_CREAT. */
export const open = (path: string, flags: number, mode = 0): CallResult =>
  returned(c.open(path, flags, 'uint32_t', mode));
/** POSIX.1-2024 XSH fcntl() with an int argument. */
export const fcntl = (fd: number, command: number, argument: number): CallResult =>
  returned(c.fcntl(fd, command, 'int', argument));

/**
 * Lock of a file, whole unless a single byte of it is named: who holds one that is in the way (0: nobody; -1: an open
 * file description), with F_GETLK.
 */
export function lock(
  fd: number,
  command: number | null,
  type: number,
  byte: number | null = null,
): CallResult & { readonly holder: number | null } {
  if (command === null) return { value: -1, errno: 'ENOSYS', holder: null };
  const at = platform.flock;
  const record = Buffer.alloc(at.bytes);
  record.writeInt16LE(type, at.type);
  if (byte !== null) {
    record.writeBigInt64LE(BigInt(byte), at.start);
    record.writeBigInt64LE(1n, at.length);
  }
  const result = returned(c.fcntl(fd, command, 'void *', record));
  return { ...result, holder: record.readInt16LE(at.type) === F_UNLCK ? null : record.readInt32LE(at.pid) };
}
