/** <unistd.h>: process, session and descriptor calls. Each returns value and errno of the call it is named for. */

import { type CallResult, functionIfAny, libc, returned } from './library.ts';

const c = {
  setsid: libc.func('int setsid(void)'),
  getsid: libc.func('int getsid(int pid)'),
  setpgid: libc.func('int setpgid(int pid, int pgid)'),
  getpgid: libc.func('int getpgid(int pid)'),
  getpid: libc.func('int getpid(void)'),
  getppid: libc.func('int getppid(void)'),
  getpgrp: libc.func('int getpgrp(void)'),
  geteuid: libc.func('unsigned int geteuid(void)'),
  tcsetpgrp: libc.func('int tcsetpgrp(int fd, int pgrp)'),
  tcgetpgrp: libc.func('int tcgetpgrp(int fd)'),
  close: libc.func('int close(int fd)'),
  dup: libc.func('int dup(int fd)'),
  dup2: libc.func('int dup2(int from, int to)'),
  dup3: functionIfAny('int dup3(int from, int to, int flags)'),
  read: libc.func('intptr_t read(int fd, _Out_ void *buffer, size_t count)'),
  write: libc.func('intptr_t write(int fd, const void *buffer, size_t count)'),
  pipe2: libc.func('int pipe2(_Out_ int *ends, int flags)'),
  chdir: libc.func('int chdir(const char *path)'),
  fchdir: libc.func('int fchdir(int fd)'),
  chroot: libc.func('int chroot(const char *path)'),
  getcwd: libc.func('intptr_t getcwd(_Out_ char *buffer, size_t size)'),
  lseek: libc.func('int64_t lseek(int fd, int64_t offset, int whence)'),
  execve: libc.func('int execve(const char *path, const char **argv, const char **envp)'),
  _exit: libc.func('void _exit(int status)'),
  nice: libc.func('int nice(int increment)'),
  pause: libc.func('int pause(void)'),
  alarm: libc.func('unsigned int alarm(unsigned int seconds)'),
  setuid: libc.func('int setuid(unsigned int uid)'),
  setgid: libc.func('int setgid(unsigned int gid)'),
  setresuid: functionIfAny('int setresuid(unsigned int real, unsigned int effective, unsigned int saved)'),
  unlink: libc.func('int unlink(const char *path)'),
  rmdir: libc.func('int rmdir(const char *path)'),
  link: libc.func('int link(const char *existing, const char *path)'),
  symlink: libc.func('int symlink(const char *target, const char *path)'),
  ftruncate: libc.func('int ftruncate(int fd, int64_t length)'),
  setgroups: libc.func('int setgroups(size_t count, const unsigned int *groups)'),
};

/** POSIX.1-2024 XSH setsid(): EPERM for a process group leader. Value: the new session ID. */
export const setsid = (): CallResult => returned(c.setsid());
/** POSIX.1-2024 XSH getsid(): ESRCH; 0 names the caller. */
export const getsid = (pid: number): CallResult => returned(c.getsid(pid));
/** POSIX.1-2024 XSH setpgid(): EACCES, EINVAL, EPERM, ESRCH. */
export const setpgid = (pid: number, pgid: number): CallResult => returned(c.setpgid(pid, pgid));
/** POSIX.1-2024 XSH getpgid(): ESRCH. */
export const getpgid = (pid: number): CallResult => returned(c.getpgid(pid));
/** POSIX.1-2024 XSH getpid(): cannot fail. After a fork Node's own `process.pid` is still the parent's. */
export const getpid = (): number => c.getpid();
/** POSIX.1-2024 XSH getppid(): cannot fail. */
export const getppid = (): number => c.getppid();
/** POSIX.1-2024 XSH getpgrp(): cannot fail. */
export const getpgrp = (): number => c.getpgrp();
/** POSIX.1-2024 XSH geteuid(): cannot fail. */
export const geteuid = (): number => c.geteuid();
/** POSIX.1-2024 XSH tcsetpgrp(): EBADF, EINVAL, EIO, ENOTTY, EPERM. */
export const tcsetpgrp = (fd: number, pgrp: number): CallResult => returned(c.tcsetpgrp(fd, pgrp));
/** POSIX.1-2024 XSH tcgetpgrp(): EBADF, ENOTTY. */
export const tcgetpgrp = (fd: number): CallResult => returned(c.tcgetpgrp(fd));
/** POSIX.1-2024 XSH close(): EBADF, EINTR, EIO. */
export const close = (fd: number): CallResult => returned(c.close(fd));
/** POSIX.1-2024 XSH dup(): EBADF, EMFILE. */
export const dup = (fd: number): CallResult => returned(c.dup(fd));
/** POSIX.1-2024 XSH dup2(): EBADF, EINTR. */
export const dup2 = (from: number, to: number): CallResult => returned(c.dup2(from, to));
/** POSIX.1-2024 XSH dup3(): EBADF, EINTR, EINVAL. ENOSYS where the C library has none. */
export const dup3 = (from: number, to: number, flags: number): CallResult =>
  c.dup3 === null ? { value: -1, errno: 'ENOSYS' } : returned(c.dup3(from, to, flags));
/** POSIX.1-2024 XSH read(): value is the number of bytes, 0 at end of file. */
export const read = (fd: number, buffer: Uint8Array): CallResult =>
  returned(c.read(fd, buffer, buffer.length));
/** POSIX.1-2024 XSH write(): value is the number of bytes written. */
export const write = (fd: number, bytes: Uint8Array): CallResult =>
  returned(c.write(fd, bytes, bytes.length));
/** POSIX.1-2024 XSH chdir(): EACCES, ELOOP, ENOENT, ENOTDIR. */
export const chdir = (path: string): CallResult => returned(c.chdir(path));
/** POSIX.1-2024 XSH fchdir(): EACCES, EBADF, ENOTDIR. */
export const fchdir = (fd: number): CallResult => returned(c.fchdir(fd));
/** chroot(2): EPERM without the privilege. */
export const chroot = (path: string): CallResult => returned(c.chroot(path));
/** POSIX.1-2024 XSH lseek(): EBADF, EINVAL, ESPIPE. `whence` is 0 from the start, 1 from here, 2 from the end. */
export const lseek = (fd: number, offset: number, whence: number): CallResult =>
  returned(Number(c.lseek(fd, offset, whence)));

/** POSIX.1-2024 XSH getcwd() into `size` bytes: EINVAL, ENOENT, ERANGE. */
export function getcwd(size: number): CallResult & { readonly path: string } {
  const buffer = Buffer.alloc(Math.max(size, 1));
  const result = returned(c.getcwd(buffer, size) === 0 ? -1 : 0);
  return { ...result, path: buffer.toString('utf8', 0, Math.max(buffer.indexOf(0), 0)) };
}
/** POSIX.1-2024 XSH nice(): EPERM. A new nice value of -1 is reported as success. */
export const nice = (increment: number): CallResult => returned(c.nice(increment));
/** POSIX.1-2024 XSH pause(): returns only with EINTR. */
export const pause = (): CallResult => returned(c.pause());
/** POSIX.1-2024 XSH alarm(): seconds that were left on the previous alarm. */
export const alarm = (seconds: number): number => c.alarm(seconds);
/** POSIX.1-2024 XSH setuid(): EINVAL, EPERM. */
export const setuid = (uid: number): CallResult => returned(c.setuid(uid));
/** POSIX.1-2024 XSH setgid(): EINVAL, EPERM. */
export const setgid = (gid: number): CallResult => returned(c.setgid(gid));
/** setresuid(2): real, effective and saved user ID; EPERM without the privilege, ENOSYS where there is none. */
export const setresuid = (real: number, effective: number, saved: number): CallResult =>
  c.setresuid === null ? { value: -1, errno: 'ENOSYS' } : returned(c.setresuid(real, effective, saved));
/** POSIX.1-2024 XSH unlink(): EACCES, ENOENT, EPERM. */
export const unlink = (path: string): CallResult => returned(c.unlink(path));
/** POSIX.1-2024 XSH rmdir(): EACCES, ENOENT, ENOTEMPTY. */
export const rmdir = (path: string): CallResult => returned(c.rmdir(path));
/** POSIX.1-2024 XSH link(): EACCES, EEXIST, EXDEV. */
export const link = (existing: string, path: string): CallResult => returned(c.link(existing, path));
/** POSIX.1-2024 XSH symlink(): EACCES, EEXIST. */
export const symlink = (target: string, path: string): CallResult => returned(c.symlink(target, path));
/** POSIX.1-2024 XSH ftruncate(): EBADF, EINVAL. */
export const ftruncate = (fd: number, length: number): CallResult => returned(c.ftruncate(fd, length));
/** setgroups(2): EPERM without the privilege. */
export const setgroups = (groups: readonly number[]): CallResult =>
  returned(c.setgroups(groups.length, Uint32Array.from(groups)));

/** POSIX.1-2024 XSH pipe2(): EMFILE, ENFILE. Both ends, or the errno. */
export function pipe2(flags: number): { readonly read: number; readonly write: number } & CallResult {
  const ends = [-1, -1];
  const result = returned(c.pipe2(ends, flags));
  return { ...result, read: ends[0] ?? -1, write: ends[1] ?? -1 };
}

/** POSIX.1-2024 XSH exec: returns only on failure. `environment` holds NAME=value. */
export const execve = (path: string, argv: readonly string[], environment: readonly string[]): CallResult =>
  returned(c.execve(path, [...argv, null], [...environment, null]));

/** POSIX.1-2024 XSH _Exit(): ends the process at once, without Node's own shutdown. */
export function _exit(status: number): never {
  c._exit(status);
  throw new Error('_exit returned');
}
