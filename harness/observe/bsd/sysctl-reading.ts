/** Reading with sysctl(3): how large a buffer it takes, and what its failures say. */

import { type Fact, unreadable } from '../../facts/process.ts';
import type { Sysctl } from '../../libc/bsd/sys-sysctl.ts';
import type { ErrnoName } from '../../libc/library.ts';

/** What the kernel answered for one name. */
export type Reply =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'failed'; readonly errno: ErrnoName; readonly name: string };

/** What is asked for: as numbers, and as a reader knows it (`kern.proc.filedesc.402`). */
export interface Question {
  readonly name: string;
  /** The kernels of OpenBSD and NetBSD take the number of elements the buffer holds as the last number. */
  readonly mib: (bytes: number) => readonly number[];
}

export function question(name: string, ...mib: readonly number[]): Question {
  return { name, mib: () => mib };
}

/** A table of elements of `elementBytes` each. */
export function tableQuestion(name: string, elementBytes: number, ...mib: readonly number[]): Question {
  return { name, mib: (bytes) => [...mib, elementBytes, Math.floor(bytes / elementBytes)] };
}

/** A process that forks and opens as fast as it can must not hold the observer for ever. */
const attempts = 12;

/**
 * Reads into a buffer of `bytes`, and into ever larger ones for as long as the kernel reports ENOMEM or leaves no
 * room at the end: some calls cut off what does not fit and report success.
 */
export function readInto(sysctl: Sysctl, asked: Question, bytes: number): Reply {
  let size = bytes;
  for (let attempt = 0; attempt < attempts; attempt++, size *= 2) {
    const buffer = Buffer.alloc(size);
    const result = sysctl(asked.mib(size), buffer);
    if (result.errno === null && result.length < size) {
      return { kind: 'bytes', bytes: buffer.subarray(0, result.length) };
    }
    if (result.errno !== null && result.errno !== 'ENOMEM') {
      return { kind: 'failed', errno: result.errno, name: asked.name };
    }
  }
  return { kind: 'failed', errno: 'ENOMEM', name: asked.name };
}

/** One record of a known size: a kernel whose record is longer says so by the length it returns. */
export function readRecord(sysctl: Sysctl, asked: Question, bytes: number): Reply {
  const buffer = Buffer.alloc(bytes);
  const result = sysctl(asked.mib(bytes), buffer);
  if (result.errno !== null) return { kind: 'failed', errno: result.errno, name: asked.name };
  return { kind: 'bytes', bytes: buffer.subarray(0, result.length) };
}

/** Asks for the size first. What is asked about may grow before the second call, so a third more is made ready. */
export function readTable(sysctl: Sysctl, asked: Question, elementBytes: number): Reply {
  const probe = sysctl(asked.mib(0), null);
  if (probe.errno !== null) return { kind: 'failed', errno: probe.errno, name: asked.name };
  const elements = Math.ceil(probe.length / elementBytes);
  return readInto(sysctl, asked, (elements + Math.ceil(elements / 3) + 1) * elementBytes);
}

/** The errno becomes the reason of an unreadable fact, as `EPERM on kern.proc.filedesc.402`. */
export function decoded<T>(reply: Reply, decode: (bytes: Buffer) => T): T | Fact<never> {
  return reply.kind === 'bytes' ? decode(reply.bytes) : unreadable(`${reply.errno} on ${reply.name}`);
}
