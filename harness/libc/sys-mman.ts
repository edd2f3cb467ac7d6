/** <sys/mman.h> */

import { type CallResult, koffi, libc, returned } from './library.ts';
import { platform } from './platform.ts';

const c = {
  mmap: libc.func('mmap', 'intptr_t', ['intptr_t', 'size_t', 'int', 'int', 'int', 'int64_t']),
  mlock: libc.func('mlock', 'int', ['intptr_t', 'size_t']),
};

const PROT_READ_WRITE = 3;
export const MAP_SHARED = 1;
export const MAP_PRIVATE = 2;

export interface Mapping {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** POSIX.1-2024 XSH mmap() of fresh memory, shared with children or private; null if it failed. */
export function mapMemory(size: number, kind: typeof MAP_SHARED | typeof MAP_PRIVATE): Mapping | null {
  const address = Number(c.mmap(0, size, PROT_READ_WRITE, kind | platform.MAP_ANONYMOUS, -1, 0));
  if (address === -1) return null;
  return { address, bytes: new Uint8Array(koffi.view(BigInt(address), size)) };
}

/** POSIX.1-2024 XSH mlock(): EAGAIN, ENOMEM, EPERM. */
export const mlock = ({ address, bytes }: Mapping): CallResult => returned(c.mlock(address, bytes.length));
