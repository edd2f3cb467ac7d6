/**
 * Captured answers of a kernel behind the C signatures of its library: a sysctl(3) and a devname(3) that are called
 * through koffi with the declarations the observers use, and land in C functions of the headers' own types.
 *
 * Longer than 250 lines: the C signatures of one library, each with what it answers.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import koffi from 'koffi';
import { type Kevent, keventOn } from '../../../libc/bsd/kevent.ts';
import { bindDevname, bindSysctl, type DevnameSystem, type Functions } from '../../../libc/bsd/sys-sysctl.ts';
import type { Files, Kernel } from '../kernel.ts';

export interface Dump {
  readonly process: string;
  readonly what: string;
  readonly mib?: readonly number[];
  /** 0, or a negative errno. */
  readonly rc?: number;
  readonly len?: number;
  readonly hex?: string;
}

export interface Vector {
  readonly os: string;
  readonly scenarios: readonly {
    readonly name: string;
    readonly pid: number;
    readonly forked_pid: number;
    readonly observer_pid: number;
  }[];
  readonly dumps: readonly Dump[];
  /** Name of a call, and its value or negative errno. */
  readonly probes: readonly (readonly [name: string, result: number])[];
  /** What kevent(2) told, as lines: `event ident=150 fflags=4 flags=32816 data=149`. */
  readonly kqueue_probe: readonly string[];
  readonly tool_output?: readonly {
    readonly process: string;
    readonly argv: readonly string[];
    readonly stdout: string;
  }[];
}

export type VectorName = 'freebsd12' | 'openbsd73' | 'netbsd10';

const folders: Readonly<Record<VectorName, DevnameSystem>> = {
  freebsd12: 'freebsd',
  openbsd73: 'openbsd',
  netbsd10: 'netbsd',
};

export function readVector(name: VectorName): Vector {
  const path = join(__dirname, `../../${folders[name]}/captured/${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Vector;
}

/** Captured while a child forked one that forked the last, and `after` that had been killed. */
export function kqueueEvents(name: VectorName): Readonly<Record<'before' | 'after', readonly Kevent[]>> {
  const { EVFILT_PROC: filter } = keventOn[folders[name]];
  const events = (first: string): readonly Kevent[] =>
    readVector(name).kqueue_probe.flatMap((line) => {
      const [, ident, fflags, flags, data] =
        new RegExp(`^${first} ident=(\\d+) fflags=(\\d+) flags=(\\d+) data=(\\d+)$`)
          .exec(line)
          ?.map(Number) ?? [];
      if (ident === undefined || fflags === undefined || flags === undefined || data === undefined) return [];
      return [{ ident, filter, flags, fflags, data }];
    });
  return { before: events('event'), after: events('after_kill') };
}

export interface Answer {
  /** errno, 0 for success. */
  readonly errno: number;
  readonly bytes: Buffer;
}

export interface Replay extends Disposable {
  readonly kernel: Kernel;
  readonly functions: Functions;
  /** Every call of sysctl(3): what was asked for, and with how much room (null: only the size). */
  readonly calls: { readonly mib: readonly number[]; readonly room: number | null }[];
}

/** `answer` gets the mib without the element count; null stands for a name the kernel does not know. */
export interface Script {
  readonly system: DevnameSystem;
  readonly release: string;
  readonly answer: (mib: readonly number[]) => Answer | null;
  readonly nullDevice?: bigint;
  /** Names by device number, as devname(3) says them. */
  readonly names?: Readonly<Record<string, string>>;
  readonly files?: Partial<Files>;
}

const EINVAL = 22;
const ENOENT = 2;
const ENOMEM = 12;

// <sys/sysctl.h>: int sysctl(const int *, u_int, void *, size_t *, const void *, size_t)
const sysctlOfHeader = koffi.proto('int', [
  'const int *',
  'unsigned int',
  'void *',
  'size_t *',
  'const void *',
  'size_t',
]);
// <stdlib.h>: char *devname(dev_t, mode_t), with the types of <sys/types.h>
const devnameOfHeader: Readonly<Record<DevnameSystem, ReturnType<typeof koffi.proto>>> = {
  freebsd: koffi.proto('const char *', ['uint64_t', 'uint16_t']),
  openbsd: koffi.proto('const char *', ['int32_t', 'uint32_t']),
  netbsd: koffi.proto('const char *', ['uint64_t', 'uint32_t']),
};

let declared = 0;

/** The C function at `address`, called by the declaration under test. koffi knows each name once per process. */
function declare(address: bigint, declaration: string): (...values: unknown[]) => unknown {
  const unique = declaration.replace(/(\w+)\(/, `$1_${declared++}(`);
  return koffi.decode(address, koffi.proto(unique));
}

/** Numbers of the mib that say how many elements fit into the buffer, and so belong to no answer. */
function isElementCount(system: DevnameSystem, mib: readonly number[]): boolean {
  if (system === 'freebsd') return false;
  // kern.lwp has one number less than kern.proc2, kern.proc and kern.file.
  return mib.length === 6 || (system === 'netbsd' && mib.length === 5 && mib[1] === 64);
}

export function replaying(script: Script): Replay {
  const calls: { mib: number[]; room: number | null }[] = [];
  const libc = koffi.load(null);
  const memcpy = libc.func('void *memcpy(void *to, const void *from, size_t bytes)');
  const errnoAt = libc.func('void *__errno_location(void)')();

  const fail = (errno: number): number => {
    koffi.encode(errnoAt, 'int', errno);
    return -1;
  };
  const sysctl = (
    name: bigint,
    count: number,
    old: bigint | null,
    oldlen: bigint,
    newp: unknown,
    newlen: number,
  ): number => {
    const mib = [...(koffi.decode(name, 'int', count) as Int32Array)];
    const room = old === null ? null : Number(koffi.decode(oldlen, 'size_t'));
    calls.push({ mib, room });
    // A write to the kernel would show in these two.
    if (newp !== null || newlen !== 0) return fail(EINVAL);
    const counted = isElementCount(script.system, mib);
    const answer = script.answer(counted ? mib.slice(0, -1) : mib);
    if (answer === null) return fail(ENOENT);
    if (answer.errno !== 0) return fail(answer.errno);
    const element = counted ? (mib.at(-2) ?? 1) : 1;
    const fits = room === null ? 0 : counted ? Math.min(room, (mib.at(-1) ?? 0) * element) : room;
    const stored = Math.min(answer.bytes.length, Math.floor(fits / element) * element);
    if (old !== null && stored > 0) memcpy(old, answer.bytes.subarray(0, stored), stored);
    koffi.encode(oldlen, 'size_t', room === null ? answer.bytes.length : stored);
    return room !== null && stored < answer.bytes.length ? fail(ENOMEM) : 0;
  };
  const devname = (device: number | bigint, type: number): string | null =>
    type === 0o020000 ? (script.names?.[String(device)] ?? '??') : null;

  const addresses = [
    koffi.register(sysctl, koffi.pointer(sysctlOfHeader)),
    koffi.register(devname, koffi.pointer(devnameOfHeader[script.system])),
  ] as const;
  const functions: Functions = {
    func: (declaration) => declare(declaration.includes('sysctl') ? addresses[0] : addresses[1], declaration),
    errno: () => koffi.errno(),
    errnoName: (number) => {
      const found = Object.entries(koffi.os.errno).find(([, value]) => value === number);
      return (found?.[0] ?? `E${number}`) as `E${string}`;
    },
    address: (bytes) => BigInt(koffi.address(bytes)),
  };
  const named = bindDevname(functions, script.system);
  const absent: Files = {
    identityOf: () => null,
    procfsDescriptor: () => null,
    procfsRoot: () => null,
    withNullDevice: (use) => use(null),
  };
  return {
    calls,
    functions,
    kernel: {
      release: script.release,
      sysctl: bindSysctl(functions),
      devices: {
        nullDevice: script.nullDevice ?? null,
        // There is no node to prove the name by on another system.
        pathOf: (device) => {
          const name = named(device);
          return name === null || name === '??' ? null : `/dev/${name}`;
        },
      },
      files: { ...absent, ...script.files },
    },
    [Symbol.dispose]() {
      for (const address of addresses) koffi.unregister(address);
    },
  };
}

/** What one captured process answers, and in `more` what was not captured. */
export function answersOf(
  vector: Vector,
  process: string,
  system: DevnameSystem,
  more: Readonly<Record<string, Answer>> = {},
): Script['answer'] {
  const answers = new Map<string, Answer>(Object.entries(more));
  for (const { process: label, mib, rc = 0, hex = '' } of vector.dumps) {
    if (label !== process || mib === undefined) continue;
    const key = isElementCount(system, mib) ? mib.slice(0, -1) : mib;
    answers.set(key.join('.'), { errno: -rc, bytes: Buffer.from(hex, 'hex') });
  }
  return (mib) => answers.get(mib.join('.')) ?? null;
}

export function bytes(...values: readonly Buffer[]): Answer {
  return { errno: 0, bytes: Buffer.concat(values) };
}

export function failing(errno: number): Answer {
  return { errno, bytes: Buffer.alloc(0) };
}

/** struct timeval */
export function timeval(seconds: number, microseconds: number): Buffer {
  const value = Buffer.alloc(16);
  value.writeBigInt64LE(BigInt(seconds), 0);
  value.writeBigInt64LE(BigInt(microseconds), 8);
  return value;
}

/** One row of a table printed by a tool, by its headings; the last column takes the rest. */
export function rowOf(stdout: string, row = 1): Record<string, string> {
  const [header = '', ...rows] = stdout.trimEnd().split('\n');
  const names = header.trim().split(/\s+/);
  const words = (rows[row - 1] ?? '').trim().split(/\s+/);
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      index === names.length - 1 ? words.slice(index).join(' ') : (words[index] ?? ''),
    ]),
  );
}
