/** Which C library this process runs on. */

import { libc } from './library.ts';

/** `glibc-2.36`, `musl`, or the system's own: on the BSDs the C library is part of the system. */
export function libcVersion(): string {
  if (process.platform !== 'linux') return 'libc';
  try {
    // <gnu/libc-version.h>
    return `glibc-${libc.func('const char *gnu_get_libc_version(void)')()}`;
  } catch {
    return 'musl';
  }
}
