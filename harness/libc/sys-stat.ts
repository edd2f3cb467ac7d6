/** <sys/stat.h> */

import { type CallResult, libc, returned } from './library.ts';

const c = {
  umask: libc.func('uint32_t umask(uint32_t mask)'),
  fchmod: libc.func('int fchmod(int fd, uint32_t mode)'),
  mkdir: libc.func('int mkdir(const char *path, uint32_t mode)'),
  mkfifo: libc.func('int mkfifo(const char *path, uint32_t mode)'),
  mknod: libc.func('int mknod(const char *path, uint32_t mode, uint64_t device)'),
};

/** POSIX.1-2024 XSH umask(): cannot fail. Value: the former mask. */
export const umask = (mask: number): number => c.umask(mask);
/** POSIX.1-2024 XSH fchmod(): EBADF, EPERM. */
export const fchmod = (fd: number, mode: number): CallResult => returned(c.fchmod(fd, mode));
/** POSIX.1-2024 XSH mkdir(): EACCES, EEXIST, ENOENT and more. */
export const mkdir = (path: string, mode: number): CallResult => returned(c.mkdir(path, mode));
/** POSIX.1-2024 XSH mkfifo(): EACCES, EEXIST, ENOENT and more. */
export const mkfifo = (path: string, mode: number): CallResult => returned(c.mkfifo(path, mode));
/** POSIX.1-2024 XSH mknod(): EPERM for a device without the privilege. The type is part of `mode`. */
export const mknod = (path: string, mode: number, device = 0): CallResult =>
  returned(c.mknod(path, mode, device));
