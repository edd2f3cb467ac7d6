/** <fcntl.h> */

import { libc, type Returned, returned } from './library.ts';

const c = {
  open: libc.func('int open(const char *path, int flags, ...)'),
  fcntl: libc.func('int fcntl(int fd, int command, ...)'),
};

export const F_DUPFD = 0;
/** Linux; POSIX.1-2008 leaves the number to the system. */
export const F_DUPFD_CLOEXEC = 1030;
export const F_GETFD = 1;
export const F_SETFD = 2;
export const F_GETFL = 3;
export const F_SETFL = 4;
export const FD_CLOEXEC = 1;
/** POSIX.1-2024: closed in the child of fork(). The number is that of FreeBSD 15; Linux has none and drops the bit. */
export const FD_CLOFORK = 4;
/** Linux. */
export const F_GETLK = 5;
export const F_SETLK = 6;
export const F_OFD_GETLK = 36;
export const F_OFD_SETLK = 37;
export const F_RDLCK = 0;
export const F_WRLCK = 1;
export const F_UNLCK = 2;
export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;

/** POSIX.1-2024 XSH open(); `mode` counts only with O_CREAT. */
export const open = (path: string, flags: number, mode = 0): Returned =>
  returned(c.open(path, flags, 'uint32_t', mode));
/** POSIX.1-2024 XSH fcntl() with an int argument. */
export const fcntl = (fd: number, command: number, argument: number): Returned =>
  returned(c.fcntl(fd, command, 'int', argument));

/**
 * Lock of a file, whole unless a single byte of it is named: who holds one that is in the way (0: nobody; -1: an open
 * file description), with F_GETLK.
 */
export function lock(
  fd: number,
  command: number,
  type: number,
  byte: number | null = null,
): Returned & { readonly holder: number | null } {
  // struct flock on 64-bit Linux: short l_type, short l_whence, off_t l_start, off_t l_len, pid_t l_pid.
  const record = Buffer.alloc(32);
  record.writeInt16LE(type, 0);
  if (byte !== null) {
    record.writeBigInt64LE(BigInt(byte), 8);
    record.writeBigInt64LE(1n, 16);
  }
  const result = returned(c.fcntl(fd, command, 'void *', record));
  return { ...result, holder: record.readInt16LE(0) === F_UNLCK ? null : record.readInt32LE(24) };
}
