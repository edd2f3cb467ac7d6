/**
 * The C library of this process, and how a call's result becomes a value.
 *
 * koffi stores errno per call; any other call made by Node in between may overwrite it, so it is read in the very
 * next expression and travels with the returned number.
 */

import { inTheNamesOfNetbsd } from './bsd/netbsd-names.ts';
import { loadKoffi } from './load-koffi.ts';

const koffi = loadKoffi();

const loaded = koffi.load(null);

type Library = typeof loaded;

/** All symbols already loaded into the process: the C library that Node itself runs on. */
export const libc: Pick<Library, 'func' | 'symbol'> =
  process.platform === 'netbsd'
    ? {
        func: ((first: string, ...more: []) =>
          loaded.func(inTheNamesOfNetbsd(first), ...more)) as Library['func'],
        symbol: loaded.symbol.bind(loaded) as Library['symbol'],
      }
    : loaded;

/** A function that not every C library has, or null. */
export function functionIfAny(declaration: string): ReturnType<typeof libc.func> | null {
  try {
    return libc.func(declaration);
  } catch {
    return null;
  }
}

/** Name of an errno value as in <errno.h>. */
export type ErrnoName = `E${string}`;

/** What a call returned. `errno` is null if, and only if, the call succeeded; then `value` is not -1. */
export interface CallResult {
  readonly value: number;
  readonly errno: ErrnoName | null;
}

const nameOfErrno = new Map<number, ErrnoName>();
for (const [name, number] of Object.entries(koffi.os.errno)) {
  // EWOULDBLOCK and ENOTSUP share a number with EAGAIN and EOPNOTSUPP on Linux: the first name wins.
  if (name.startsWith('E') && !nameOfErrno.has(number)) nameOfErrno.set(number, name as ErrnoName);
}

/** Name of an errno number; `E<number>` for one the table does not know. */
export function errnoName(number: number): ErrnoName {
  return nameOfErrno.get(number) ?? `E${number}`;
}

/** Number of an errno name on this system. */
export function errnoNumber(name: string): number | undefined {
  return koffi.os.errno[name];
}

const success: { value: number; errno: null }[] = [];
for (let value = 0; value < 256; value++) success.push({ value, errno: null });

/** To be called with the result of a call, with nothing between the two. */
export function returned(value: number): CallResult {
  if (value === -1) {
    const number = koffi.errno();
    return { value: -1, errno: errnoName(number) };
  }
  return success[value] ?? { value, errno: null };
}

/** A call the harness itself cannot do without. The message names the call and the errno. */
export class SystemCallError extends Error {
  readonly call: string;
  readonly errno: ErrnoName;
  constructor(call: string, errno: ErrnoName) {
    super(`${call}: ${errno}`);
    this.name = 'SystemCallError';
    this.call = call;
    this.errno = errno;
  }
}

/** The value of a call that must succeed; throws a {@link SystemCallError} otherwise. */
export function must(call: string, result: CallResult): number {
  if (result.errno !== null) throw new SystemCallError(call, result.errno);
  return result.value;
}

export { koffi };
