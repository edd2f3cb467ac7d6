/** <stdlib.h>: pseudo-terminals, and the environment. */

import { type CallResult, functionIfAny, libc, must, returned, SystemCallError } from './library.ts';
import { platform } from './platform.ts';

const c = {
  posix_openpt: libc.func('int posix_openpt(int flags)'),
  grantpt: libc.func('int grantpt(int fd)'),
  unlockpt: libc.func('int unlockpt(int fd)'),
  clearenv: functionIfAny('int clearenv(void)'),
  ptsname: libc.func('const char *ptsname(int fd)'),
  fcntl: libc.func('int fcntl(int fd, int command, ...)'),
};

/** POSIX.1-2024 XSH posix_openpt(): EINVAL, EMFILE, ENFILE, EAGAIN. */
export const posixOpenpt = (flags: number): CallResult => returned(c.posix_openpt(flags));

/** A fresh pseudo-terminal, its master opened with `flags`. @throws SystemCallError naming the call. */
export function openPseudoTerminal(flags: number): { readonly master: number; readonly slave: string } {
  // Not every system knows O_CLOEXEC here.
  const master = must('posix_openpt', posixOpenpt(flags & ~platform.O_CLOEXEC));
  if ((flags & platform.O_CLOEXEC) !== 0) {
    must('fcntl(F_SETFD)', returned(c.fcntl(master, 2 /* F_SETFD */, 'int', 1 /* FD_CLOEXEC */)));
  }
  must('grantpt', returned(c.grantpt(master)));
  must('unlockpt', returned(c.unlockpt(master)));
  const slave: unknown = c.ptsname(master);
  if (typeof slave !== 'string') throw new SystemCallError('ptsname', returned(-1).errno ?? 'E0');
  return { master, slave };
}

/** clearenv(3): glibc, musl and FreeBSD 14. */
export const clearenv = (): CallResult =>
  c.clearenv === null ? { value: -1, errno: 'ENOSYS' } : returned(c.clearenv());
