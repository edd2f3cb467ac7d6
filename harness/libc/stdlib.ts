/** <stdlib.h>: pseudo-terminals, and the environment. */

import { functionIfAny, libc, must, type Returned, returned } from './library.ts';

const c = {
  posix_openpt: libc.func('int posix_openpt(int flags)'),
  grantpt: libc.func('int grantpt(int fd)'),
  unlockpt: libc.func('int unlockpt(int fd)'),
  clearenv: functionIfAny('int clearenv(void)'),
  ptsname_r: libc.func('int ptsname_r(int fd, _Out_ char *name, size_t size)'),
};

/** POSIX.1-2024 XSH posix_openpt(): EINVAL, EMFILE, ENFILE, EAGAIN. */
export const posixOpenpt = (flags: number): Returned => returned(c.posix_openpt(flags));

/** A fresh pseudo-terminal, its master opened with `flags`. @throws SystemCallError naming the call. */
export function openPseudoTerminal(flags: number): { readonly master: number; readonly slave: string } {
  const master = must('posix_openpt', posixOpenpt(flags));
  must('grantpt', returned(c.grantpt(master)));
  must('unlockpt', returned(c.unlockpt(master)));
  const name = Buffer.alloc(128);
  must('ptsname_r', returned(c.ptsname_r(master, name, name.length) === 0 ? 0 : -1));
  return { master, slave: name.toString('latin1', 0, name.indexOf(0)) };
}

/** clearenv(3): glibc, musl and FreeBSD 14. */
export const clearenv = (): Returned =>
  c.clearenv === null ? { value: -1, errno: 'ENOSYS' } : returned(c.clearenv());
