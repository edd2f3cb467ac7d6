/** <sys/sysctl.h> and devname(3) of <stdlib.h>, as the BSDs have them. */

import type { ErrnoName } from '../library.ts';

/**
 * What is needed of koffi. Handed in instead of imported, so that a system that never calls sysctl(3) does not load
 * koffi, and functions with the same C signatures can answer with captured bytes.
 */
export interface Functions {
  /** The C function of this declaration. */
  func(declaration: string): (...values: unknown[]) => unknown;
  /** errno of the last call, to be read before anything else is called. */
  errno(): number;
  errnoName(number: number): ErrnoName;
  /** Where the bytes stand in memory. */
  address(bytes: Uint8Array): bigint;
}

/** `length` is the number of bytes stored, or needed when `old` was null. */
export type SysctlResult =
  | { readonly errno: null; readonly length: number }
  | { readonly errno: ErrnoName; readonly length: number };

/** sysctl(3), reading only: EINVAL, ENOENT, ENOMEM when `old` is too small, EPERM, ESRCH. */
export type Sysctl = (name: readonly number[], old: Uint8Array | null) => SysctlResult;

/** <sys/sysctl.h>, the same on FreeBSD, OpenBSD and NetBSD. */
export const sysctlDeclaration =
  'int sysctl(const int *name, unsigned int namelen, _Out_ void *old, _Inout_ size_t *oldlen, const void *newp, size_t newlen)';

export function bindSysctl({ func, errno, errnoName }: Functions): Sysctl {
  const call = func(sysctlDeclaration);
  return (name, old) => {
    const mib = Int32Array.from(name);
    const length = [old?.length ?? 0];
    if (call(mib, mib.length, old, length, null, 0) === -1) {
      const number = errno();
      return { errno: errnoName(number), length: Number(length[0]) };
    }
    return { errno: null, length: Number(length[0]) };
  };
}

export type DevnameSystem = 'freebsd' | 'openbsd' | 'netbsd';

/** dev_t and mode_t differ. NetBSD keeps `devname` for programs built when dev_t had 32 bits, <stdlib.h>. */
export const devnameDeclarations: Readonly<Record<DevnameSystem, string>> = {
  freebsd: 'const char *devname(uint64_t device, uint16_t type)',
  openbsd: 'const char *devname(int32_t device, uint32_t type)',
  netbsd: 'const char *__devname50(uint64_t device, uint32_t type)',
};

const S_IFCHR = 0o020000;

/** devname(3) of a character device: a name below /dev, or whatever the library says for want of one. */
export type Devname = (device: bigint) => string | null;

export function bindDevname({ func }: Functions, system: DevnameSystem): Devname {
  const call = func(devnameDeclarations[system]);
  return (device) => {
    const name = call(device, S_IFCHR);
    return typeof name === 'string' ? name : null;
  };
}
