/** The buffer protocol of sysctl(3), through koffi, against a kernel that answers as the real ones do. */

import { describe, expect, test } from 'vitest';
import { devnameDeclarations, sysctlDeclaration } from '../../libc/bsd/sys-sysctl.ts';
import { freebsdObserver } from '../freebsd/observer.ts';
import { netbsdObserver } from '../netbsd/observer.ts';
import { openbsdObserver } from '../openbsd/observer.ts';
import {
  type Answer,
  answersOf,
  bytes,
  failing,
  readVector,
  replaying,
  type Script,
  timeval,
} from './captured/replay.ts';
import { UnknownLayout } from './layout.ts';
import { question, readInto, readRecord, readTable, tableQuestion } from './sysctl-reading.ts';

const alone = { subreaper: null, planted: new Map<string, string>(), environmentMarker: null };
const [EPERM, ESRCH, EINVAL, ENOMEM] = [1, 3, 22, 12];

function kernelThat(answer: Script['answer'], system: Script['system'] = 'freebsd') {
  return replaying({
    system,
    release: 'FreeBSD 16.0-CURRENT',
    answer,
    nullDevice: 21n,
    names: { 21: 'null' },
  });
}

const strings = question('kern.proc.args.17', 1, 14, 7, 17);

describe('strings of unknown length', () => {
  test('are read in one call where they fit', () => {
    using replay = kernelThat(() => bytes(Buffer.from('a\0b\0')));
    expect(readInto(replay.kernel.sysctl, strings, 64)).toEqual({
      kind: 'bytes',
      bytes: Buffer.from('a\0b\0'),
    });
    expect(replay.calls).toEqual([{ mib: [1, 14, 7, 17], room: 64 }]);
  });

  test('are read again with more room for as long as the kernel says ENOMEM', () => {
    const long = Buffer.alloc(1000, 'x');
    using replay = kernelThat(() => bytes(long));
    expect(readInto(replay.kernel.sysctl, strings, 300)).toEqual({ kind: 'bytes', bytes: long });
    expect(replay.calls.map(({ room }) => room)).toEqual([300, 600, 1200]);
  });

  test('that fill the buffer to the last byte may have been cut off, so they are read again', () => {
    using replay = kernelThat(() => bytes(Buffer.alloc(64, 'x')));
    readInto(replay.kernel.sysctl, strings, 64);
    expect(replay.calls.map(({ room }) => room)).toEqual([64, 128]);
  });

  test('that never fit end in ENOMEM', () => {
    using replay = kernelThat(() => failing(ENOMEM));
    expect(readInto(replay.kernel.sysctl, strings, 64)).toEqual({
      kind: 'failed',
      errno: 'ENOMEM',
      name: 'kern.proc.args.17',
    });
    expect(replay.calls.length).toBe(12);
  });

  test.each([
    ['EPERM', EPERM],
    ['ESRCH', ESRCH],
    ['EINVAL', EINVAL],
  ])('that are refused with %s are asked for once', (errno, number) => {
    using replay = kernelThat(() => failing(number));
    expect(readInto(replay.kernel.sysctl, strings, 64)).toMatchObject({ kind: 'failed', errno });
    expect(replay.calls.length).toBe(1);
  });
});

describe('a table', () => {
  const table = tableQuestion('kern.file.pid.17', 10, 1, 73, 2, 17);

  test('is asked for its size, then read with a third more room and the count that fits', () => {
    using replay = kernelThat(() => bytes(Buffer.alloc(60, 1)), 'openbsd');
    expect(readTable(replay.kernel.sysctl, table, 10)).toEqual({ kind: 'bytes', bytes: Buffer.alloc(60, 1) });
    expect(replay.calls).toEqual([
      { mib: [1, 73, 2, 17, 10, 0], room: null },
      { mib: [1, 73, 2, 17, 10, 9], room: 90 },
    ]);
  });

  test('that grows between the two calls is read again', () => {
    let calls = 0;
    using replay = kernelThat(() => {
      calls++;
      return bytes(Buffer.alloc(30 + calls * 60, 1));
    }, 'openbsd');
    const reply = readTable(replay.kernel.sysctl, table, 10);
    expect(reply.kind === 'bytes' && reply.bytes.length % 10).toBe(0);
    expect(replay.calls.map(({ room }) => room)).toEqual([null, 130, 260]);
  });

  test('of a process that is gone is refused at the first call', () => {
    using replay = kernelThat(() => failing(ESRCH), 'openbsd');
    expect(readTable(replay.kernel.sysctl, table, 10)).toMatchObject({ errno: 'ESRCH' });
    expect(replay.calls.length).toBe(1);
  });

  test('may be empty', () => {
    using replay = kernelThat(() => bytes(), 'openbsd');
    expect(readTable(replay.kernel.sysctl, table, 10)).toEqual({ kind: 'bytes', bytes: Buffer.alloc(0) });
  });
});

test('a record is read with exactly its size, and its length is that the kernel returned', () => {
  using replay = kernelThat(() => bytes(Buffer.from([0x12, 0])));
  expect(readRecord(replay.kernel.sysctl, question('kern.proc.umask.17', 1, 14, 39, 17), 2)).toEqual({
    kind: 'bytes',
    bytes: Buffer.from([0x12, 0]),
  });
  expect(replay.calls).toEqual([{ mib: [1, 14, 39, 17], room: 2 }]);
});

test('a mib keeps numbers of 31 bits', () => {
  using replay = kernelThat(() => bytes(), 'openbsd');
  replay.kernel.sysctl([1, 66, 0x40000001, 99_999, 648, 1], null);
  expect(replay.calls[0]?.mib).toEqual([1, 66, 0x40000001, 99_999, 648, 1]);
});

test('devname(3) gets device and type, and its answer is a string', () => {
  using replay = replaying({
    system: 'freebsd',
    release: 'FreeBSD',
    answer: () => null,
    names: { '4294967337': 'pts/0' },
  });
  expect(replay.kernel.devices.pathOf(0x100000029n)).toBe('/dev/pts/0');
  expect(replay.kernel.devices.pathOf(7n)).toBeNull();
});

test('the declarations are those of the headers', () => {
  const types = (declaration: string) =>
    declaration
      .replace(/_\w+_ /g, '')
      .replace(/\*\w+/g, '*')
      .replace(/(\w) \w+([,)])/g, '$1$2')
      .replace(/(unsigned|const) int[,)]/g, (found) => found);
  expect(types(sysctlDeclaration)).toBe(
    'int sysctl(const int *, unsigned int, void *, size_t *, const void *, size_t)',
  );
  expect(Object.values(devnameDeclarations).map(types)).toEqual([
    'const char *(uint64_t, uint16_t)',
    'const char *(int32_t, uint32_t)',
    'const char *(uint64_t, uint32_t)',
  ]);
});

describe.each([
  ['freebsd', 'freebsd12', freebsdObserver],
  ['openbsd', 'openbsd73', openbsdObserver],
  ['netbsd', 'netbsd10', netbsdObserver],
] as const)('a process that is not there, on %s', (system, name, observerOf) => {
  const vector = readVector(name);

  test('is gone, as the kernel said it of such a one', () => {
    using replay = kernelThat(answersOf(vector, 'gone_pid', system), system);
    const observer = observerOf(replay.kernel);
    expect(observer.observeProcess(29999, alone)).toEqual({ gone: true, pid: 29999 });
    expect(observer.identityOf(29999)).toBeNull();
  });

  test('is gone if it ends while it is read', () => {
    const [{ pid } = { pid: 0 }] = vector.scenarios;
    const living = answersOf(vector, 'plain_child', system);
    const gone = system === 'freebsd' ? failing(ESRCH) : bytes();
    let looks = 0;
    using replay = kernelThat((mib) => (isRecord(system, mib) && looks++ > 0 ? gone : living(mib)), system);
    expect(observerOf(replay.kernel).observeProcess(pid, alone)).toEqual({ gone: true, pid });
  });

  test('is gone if its ID was given to another', () => {
    const [{ pid } = { pid: 0 }] = vector.scenarios;
    const living = answersOf(vector, 'plain_child', system);
    let looks = 0;
    using replay = kernelThat(
      (mib) => (isRecord(system, mib) && looks++ > 0 ? startedLater(system, living(mib)) : living(mib)),
      system,
    );
    expect(observerOf(replay.kernel).observeProcess(pid, alone)).toEqual({ gone: true, pid });
  });

  test('is no single process for other numbers', () => {
    using replay = kernelThat(() => null, system);
    const observer = observerOf(replay.kernel);
    for (const pid of [0, -1, 1.5, Number.NaN]) {
      expect(() => observer.observeProcess(pid, alone)).toThrow(RangeError);
    }
  });

  test('or that ran while it was read makes a reading that is not whole', () => {
    const [{ pid } = { pid: 0 }] = vector.scenarios;
    const living = answersOf(vector, 'plain_child', system);
    let looks = 0;
    using replay = kernelThat(
      (mib) => (isRecord(system, mib) && looks++ > 0 ? oneSwitchMore(system, living(mib)) : living(mib)),
      system,
    );
    expect(observerOf(replay.kernel).observeProcess(pid, alone)).toMatchObject({ whole: false });
  });

  test('all processes give the descendants of one', () => {
    const records = vector.dumps.filter(
      ({ process, what }) =>
        /^(observer|plain_child|zombie|exec_argv|double_fork|init)$/.test(process) &&
        /^kinfo_proc2?$/.test(what),
    );
    const all = bytes(...records.map(({ hex = '' }) => Buffer.from(hex, 'hex')));
    using replay = kernelThat(() => all, system);
    const observer = observerOf(replay.kernel);
    const [{ observer_pid: starter } = { observer_pid: 0 }] = vector.scenarios;
    const scenario = (wanted: string) => vector.scenarios.find((one) => one.name === wanted)?.pid;
    expect(observer.descendantsOf(starter)).toEqual([
      scenario('plain_child'),
      scenario('zombie'),
      scenario('exec_argv'),
    ]);
    expect(observer.descendantsOf(scenario('zombie') ?? 0)).toEqual([]);
    // A plain child is in the group and in the session of the one that forked it, who leads both.
    expect(observer.everyProcess().find(({ pid }) => pid === scenario('plain_child'))).toEqual({
      pid: scenario('plain_child'),
      parent: starter,
      group: starter,
      session: starter,
    });
    expect(observer.descendantsOf(1)).toEqual([
      starter,
      scenario('double_fork'),
      scenario('plain_child'),
      scenario('zombie'),
      scenario('exec_argv'),
    ]);
  });
});

/** Offsets of a field that tells the start and of one that counts context switches. */
const offsets = {
  freebsd: { start: 336, count: 736 },
  openbsd: { start: 408, count: 536 },
  netbsd: { start: 456, count: 576 },
} as const;

function isRecord(system: Script['system'], mib: readonly number[]): boolean {
  const number = { freebsd: 14, openbsd: 66, netbsd: 47 }[system];
  return mib[1] === number && mib[2] === 1;
}

function changed(answer: Answer | null, offset: number): Answer {
  const copy = Buffer.from(answer?.bytes ?? Buffer.alloc(0));
  copy.writeUInt8((copy[offset] ?? 0) ^ 1, offset);
  return { errno: 0, bytes: copy };
}
const startedLater = (system: Script['system'], answer: Answer | null) =>
  changed(answer, offsets[system].start);
const oneSwitchMore = (system: Script['system'], answer: Answer | null) =>
  changed(answer, offsets[system].count);

describe('records of an unknown release', () => {
  test('on FreeBSD are an error that names it and both sizes', () => {
    using replay = kernelThat(() => bytes(Buffer.alloc(1200, 1)));
    const look = () => freebsdObserver(replay.kernel).observeProcess(17, alone);
    expect(look).toThrow(UnknownLayout);
    expect(look).toThrow('FreeBSD 16.0-CURRENT: struct kinfo_proc has 1200 bytes, 1088 were expected');
  });

  test('on FreeBSD are told by the size inside the record too', () => {
    const vector = readVector('freebsd12');
    const living = answersOf(vector, 'plain_child', 'freebsd');
    using replay = kernelThat((mib) => changed(living(mib), 0));
    expect(() => freebsdObserver(replay.kernel).observeProcess(17, alone)).toThrow('says it has 1089 bytes');
  });

  test.each([
    ['openbsd', openbsdObserver, 'no struct kinfo_proc of 648 bytes (EINVAL)'],
    ['netbsd', netbsdObserver, 'no struct kinfo_proc2 of 680 bytes (EINVAL)'],
  ] as const)('on %s are refused by the kernel', (system, observerOf, message) => {
    using replay = kernelThat(() => failing(EINVAL), system);
    expect(() => observerOf(replay.kernel).observeProcess(17, alone)).toThrow(message);
  });

  test.each([
    ['openbsd', 'openbsd73', openbsdObserver, 73],
    ['netbsd', 'netbsd10', netbsdObserver, 77],
  ] as const)('in a table of %s are no whole number', (system, name, observerOf, table) => {
    const vector = readVector(name);
    const [{ pid } = { pid: 0 }] = vector.scenarios;
    const living = answersOf(vector, 'plain_child', system);
    // A kernel that hands out as many bytes as it likes.
    using replay = kernelThat(living, system);
    const kernel = {
      ...replay.kernel,
      sysctl: (mib: readonly number[], old: Uint8Array | null) =>
        mib[1] === table ? { errno: null, length: 100 } : replay.kernel.sysctl(mib, old),
    };
    expect(() => observerOf(kernel).observeProcess(pid, alone)).toThrow(UnknownLayout);
  });

  test('in FreeBSD’s table of files are an error wherever it is cut off, or whole', () => {
    const vector = readVector('freebsd12');
    const living = answersOf(vector, 'pty_session_leader', 'freebsd', { '1.21': bytes(timeval(0, 0)) });
    const whole = living([1, 14, 33, 50])?.bytes ?? Buffer.alloc(0);
    for (let length = 0; length < whole.length; length += 7) {
      using replay = kernelThat((mib) => (mib[2] === 33 ? bytes(whole.subarray(0, length)) : living(mib)));
      try {
        const seen = freebsdObserver(replay.kernel).observeProcess(50, alone);
        expect('facts' in seen && seen.facts.pid).toBe(50);
      } catch (error) {
        expect(error).toBeInstanceOf(UnknownLayout);
      }
    }
  });
});
