/**
 * Functions of the realtime option: in the C library on Linux, in a library of their own on FreeBSD and NetBSD, where
 * Node has not loaded it.
 */

import { functionIfAny, koffi, type libc } from './library.ts';

/** librt(3). */
const name = 'librt.so.1';

type LibcFunction = ReturnType<typeof libc.func>;

/** A function that not every system has, or null. */
export function realTimeFunctionIfAny(declaration: string): LibcFunction | null {
  const found = functionIfAny(declaration);
  if (found !== null || process.platform === 'linux') return found;
  try {
    return koffi.load(name).func(declaration);
  } catch {
    return null;
  }
}
