/** struct kevent and kevent(2) of <sys/event.h>: another layout on each of the BSDs. */

import type { ErrnoName } from '../library.ts';
import type { DevnameSystem, Functions } from './sys-sysctl.ts';

/** The same numbers on FreeBSD, OpenBSD and NetBSD. */
export const EV_ADD = 0x0001;
export const EV_CLEAR = 0x0020;
export const EV_ERROR = 0x4000;
export const NOTE_EXIT = 0x80000000;
export const NOTE_FORK = 0x40000000;
export const NOTE_EXEC = 0x20000000;
export const NOTE_TRACK = 0x00000001;
export const NOTE_TRACKERR = 0x00000002;
export const NOTE_CHILD = 0x00000004;

/** What is watched, or what happened to it. */
export interface Kevent {
  readonly ident: number;
  readonly filter: number;
  readonly flags: number;
  readonly fflags: number;
  readonly data: number;
}

type Place = readonly [offset: number, size: 2 | 4 | 8];

export interface KeventSystem {
  readonly bytes: number;
  readonly fields: Readonly<Record<keyof Kevent, Place>>;
  readonly EVFILT_PROC: number;
  readonly EVFILT_SIGNAL: number;
  readonly declaration: string;
}

const timespec = 'const void *timeout';
const ofBsd =
  `int kevent(int kq, const void *changes, int nchanges, _Out_ void *events, int nevents, ${timespec})` as const;

export const keventOn: Readonly<Record<DevnameSystem, KeventSystem>> = {
  // FreeBSD 12 has given it four more words at the end.
  freebsd: {
    bytes: 64,
    fields: { ident: [0, 8], filter: [8, 2], flags: [10, 2], fflags: [12, 4], data: [16, 8] },
    EVFILT_PROC: -5,
    EVFILT_SIGNAL: -6,
    declaration: ofBsd,
  },
  openbsd: {
    bytes: 32,
    fields: { ident: [0, 8], filter: [8, 2], flags: [10, 2], fflags: [12, 4], data: [16, 8] },
    EVFILT_PROC: -5,
    EVFILT_SIGNAL: -6,
    declaration: ofBsd,
  },
  netbsd: {
    bytes: 40,
    fields: { ident: [0, 8], filter: [8, 4], flags: [12, 4], fflags: [16, 4], data: [24, 8] },
    EVFILT_PROC: 4,
    EVFILT_SIGNAL: 5,
    // `kevent` is kept for programs built when time_t had 32 bits.
    declaration: `int __kevent50(int kq, const void *changes, size_t nchanges, _Out_ void *events, size_t nevents, ${timespec})`,
  },
};

export function encodeKevents(
  { bytes, fields }: KeventSystem,
  events: readonly Pick<Kevent, 'ident' | 'filter' | 'flags' | 'fflags'>[],
): Buffer {
  const encoded = Buffer.alloc(bytes * events.length);
  events.forEach((event, index) => {
    for (const name of ['ident', 'filter', 'flags', 'fflags'] as const) {
      const [offset, size] = fields[name];
      const at = bytes * index + offset;
      if (size === 8) encoded.writeBigUInt64LE(BigInt(event[name]), at);
      else encoded.writeUIntLE(event[name] < 0 ? event[name] + 2 ** (8 * size) : event[name], at, size);
    }
  });
  return encoded;
}

/** @param count as kevent(2) returned it */
export function decodeKevents({ bytes, fields }: KeventSystem, encoded: Buffer, count: number): Kevent[] {
  return Array.from({ length: count }, (_, index) => {
    const read = (name: keyof Kevent): number => {
      const [offset, size] = fields[name];
      const at = bytes * index + offset;
      if (size === 8) return Number(encoded.readBigInt64LE(at));
      // Filters are negative on FreeBSD and OpenBSD, where they have two bytes; flags never are.
      return name === 'filter' ? encoded.readIntLE(at, size) : encoded.readUIntLE(at, size);
    };
    return {
      ident: read('ident'),
      filter: read('filter'),
      flags: read('flags'),
      fflags: read('fflags'),
      data: read('data'),
    };
  });
}

export interface Kqueue {
  /** kqueue(2). It is not inherited by fork(2). */
  open(): { readonly value: number; readonly errno: ErrnoName | null };
  /** kevent(2) that only registers; ESRCH for a process that has ended. */
  add(
    queue: number,
    events: readonly Pick<Kevent, 'ident' | 'filter' | 'flags' | 'fflags'>[],
  ): ErrnoName | null;
  /** kevent(2) that takes what is there and waits for nothing. */
  take(queue: number): readonly Kevent[];
  readonly system: KeventSystem;
}

const atOnce = 64;

export function bindKqueue({ func, errno, errnoName }: Functions, name: DevnameSystem): Kqueue {
  const system = keventOn[name];
  const kqueue = func('int kqueue(void)') as () => number;
  const kevent = func(system.declaration) as (...values: unknown[]) => number;
  const events = Buffer.alloc(system.bytes * atOnce);
  /** struct timespec of zero. */
  const noTime = Buffer.alloc(16);
  return {
    system,
    open() {
      const value = kqueue();
      return value === -1 ? { value, errno: errnoName(errno()) } : { value, errno: null };
    },
    add(queue, changes) {
      const encoded = encodeKevents(system, changes);
      return kevent(queue, encoded, changes.length, events, 0, noTime) === -1 ? errnoName(errno()) : null;
    },
    take(queue) {
      const found: Kevent[] = [];
      for (;;) {
        const count = kevent(queue, null, 0, events, atOnce, noTime);
        if (count > 0) found.push(...decodeKevents(system, events, count));
        if (count < atOnce) return found;
      }
    },
  };
}
