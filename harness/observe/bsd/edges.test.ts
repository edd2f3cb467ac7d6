/** States that were not captured, made from captured records by changing one field. */

import { describe, expect, test } from 'vitest';
import {
  isUnreadable,
  type Observation,
  type ProcessFacts,
  type Surroundings,
  unreadable,
} from '../../facts/process.ts';
import { freebsdSignals } from '../../libc/constants/freebsd.ts';
import * as freebsd from '../freebsd/layout.ts';
import { freebsdObserver } from '../freebsd/observer.ts';
import * as netbsd from '../netbsd/layout.ts';
import { netbsdObserver } from '../netbsd/observer.ts';
import * as openbsd from '../openbsd/layout.ts';
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
  type VectorName,
} from './captured/replay.ts';
import type { Field } from './layout.ts';

const systems = {
  freebsd: {
    vector: 'freebsd12',
    observerOf: freebsdObserver,
    record: [1, 14, 1],
    names: { 4: 'console', 21: 'null', 41: 'pts/0' },
    nullDevice: 21n,
    env: (pid: number) => [1, 14, 35, pid],
  },
  openbsd: {
    vector: 'openbsd73',
    observerOf: openbsdObserver,
    record: [1, 66, 1],
    names: { 0: 'console', 514: 'null', 1280: 'ttyp0' },
    nullDevice: 514n,
    env: (pid: number) => [1, 55, pid, 3],
  },
  netbsd: {
    vector: 'netbsd10',
    observerOf: netbsdObserver,
    record: [1, 47, 1],
    names: { 514: 'null', 1280: 'ttyp0' },
    nullDevice: 514n,
    env: (pid: number) => [1, 48, pid, 3],
  },
} as const;
type SystemName = keyof typeof systems;

interface RecordChange {
  readonly label?: string;
  /** Fields of the record of the process, and their new values. */
  readonly fields?: readonly (readonly [Field, number])[];
  readonly more?: Readonly<Record<string, Answer>>;
  readonly surroundings?: Partial<Surroundings>;
  readonly files?: Script['files'];
  /** Rewrites the answers to other questions. */
  readonly rewrite?: (mib: readonly number[], answer: Answer) => Answer;
}

function pidOf(system: SystemName, label: string): number {
  const found = readVector(systems[system].vector as VectorName).scenarios.find(({ name }) => name === label);
  return found?.pid ?? 0;
}

function write(record: Buffer, [offset, size, kind]: Field, value: number): void {
  if (kind === 'signed' && size < 8) record.writeIntLE(value, offset, size);
  else if (size === 8) record.writeBigUInt64LE(BigInt(value), offset);
  else record.writeUIntLE(value, offset, size);
}

function observationOf(system: SystemName, altered: RecordChange): Observation {
  const { vector, observerOf, record, names, nullDevice } = systems[system];
  const { label = 'plain_child', fields = [], more = {}, surroundings = {}, files, rewrite } = altered;
  const answer = answersOf(readVector(vector), label, system, { '1.21': bytes(timeval(0, 0)), ...more });
  using replay = replaying({
    system,
    release: system,
    nullDevice,
    names,
    ...(files === undefined ? {} : { files }),
    answer(mib) {
      const found = answer(mib);
      if (found === null) return null;
      if (!record.every((number, index) => mib[index] === number)) return rewrite?.(mib, found) ?? found;
      const copy = Buffer.from(found.bytes);
      for (const [field, value] of fields) write(copy, field, value);
      return { errno: 0, bytes: copy };
    },
  });
  const seen = observerOf(replay.kernel).observeProcess(pidOf(system, label), {
    subreaper: null,
    planted: new Map(),
    environmentMarker: null,
    ...surroundings,
  });
  if ('gone' in seen) throw new Error('gone');
  return seen;
}

const observed = (system: SystemName, altered: RecordChange): ProcessFacts =>
  observationOf(system, altered).facts;

describe('after its terminal hung up a process has none, although the number stays in the record', () => {
  test.each([
    ['freebsd', freebsd.kinfoProc.fields.ki_kiflag],
    ['openbsd', openbsd.kinfoProc.fields.p_eflag],
    ['netbsd', netbsd.kinfoProc2.fields.p_eflag],
  ] as const)('on %s', (system, flags) => {
    const label = 'pty_session_leader';
    const files: RecordChange['files'] = { procfsDescriptor: () => ({ characterDevice: true, rdev: 1280n }) };
    expect(observed(system, { label, files }).terminal).not.toBeNull();
    expect(observed(system, { label, files, fields: [[flags, 2]] })).toMatchObject({
      terminal: null,
      foregroundProcessGroup: -1,
    });
  });
});

test('a terminal without a foreground process group gives -1 on FreeBSD', () => {
  const fields = [[freebsd.kinfoProc.fields.ki_tpgid, 100000]] as const;
  expect(observed('freebsd', { label: 'pty_session_leader', fields }).foregroundProcessGroup).toBe(-1);
});

describe('the environment', () => {
  const words = Buffer.from('PATH=/bin\0SSH_TTY=/dev/ttyp0\0MARKER=planted\0');
  const vector = Buffer.alloc(32);
  vector.writeBigUInt64LE(0x1000n, 0);
  vector.writeBigUInt64LE(0x100an, 8);
  vector.writeBigUInt64LE(0x1022n, 16);

  test.each(['freebsd', 'openbsd', 'netbsd'] as const)(
    'gives marker and names on %s, and no values',
    (system) => {
      const mib = systems[system].env(pidOf(system, 'plain_child')).join('.');
      const answer = system === 'openbsd' ? bytes(vector, words) : bytes(words);
      const facts = observed(system, {
        more: { [mib]: answer },
        surroundings: { environmentMarker: 'MARKER=planted' },
      });
      expect(facts).toMatchObject({ environmentMarker: true, sessionVariables: ['SSH_TTY'] });
      expect(JSON.stringify(facts)).not.toContain('ttyp0\\u0000');
    },
  );

  test.each(['freebsd', 'openbsd', 'netbsd'] as const)(
    'is unreadable on %s where it is refused',
    (system) => {
      const mib = systems[system].env(pidOf(system, 'plain_child')).join('.');
      const { environmentMarker, sessionVariables } = observed(system, { more: { [mib]: failing(1) } });
      expect(environmentMarker).toEqual({ unreadable: expect.stringMatching(/^EPERM on kern\.proc/) });
      expect(sessionVariables).toEqual(environmentMarker);
    },
  );
});

describe('limits', () => {
  const limit = (soft: bigint, hard: bigint): Buffer => {
    const value = Buffer.alloc(16);
    value.writeBigInt64LE(soft, 0);
    value.writeBigInt64LE(hard, 8);
    return value;
  };
  const infinity = 0x7fffffffffffffffn;

  test('on FreeBSD are read one by one, and those of newer releases left out', () => {
    const more: Record<string, Answer> = {};
    for (let which = 0; which < 15; which++) more[`1.14.37.17.${which}`] = failing(22);
    more['1.14.37.17.8'] = bytes(limit(256n, infinity));
    more['1.14.37.17.4'] = bytes(limit(0n, 0n));
    expect(observed('freebsd', { more }).limits).toEqual({
      core: { soft: 0, hard: 0 },
      nofile: { soft: 256, hard: 'unlimited' },
    });
  });

  test('on NetBSD have a name for each end', () => {
    const pid = pidOf('netbsd', 'plain_child');
    const more: Record<string, Answer> = {};
    for (let which = 0; which < 12; which++) {
      more[`10.${pid}.2.${which + 1}.1`] = bytes(limit(256n, 0n).subarray(0, 8));
      more[`10.${pid}.2.${which + 1}.2`] = bytes(limit(infinity, 0n).subarray(0, 8));
    }
    expect(observed('netbsd', { more }).limits).toMatchObject({
      nofile: { soft: 256, hard: 'unlimited' },
      nthr: { soft: 256, hard: 'unlimited' },
    });
  });
});

test('a process in more groups than the record holds is asked for all of them on FreeBSD', () => {
  const groups = Buffer.alloc(20 * 4);
  for (let index = 0; index < 20; index++) groups.writeUInt32LE(1000 + index, index * 4);
  const facts = observed('freebsd', {
    fields: [[freebsd.kinfoProc.fields.ki_ngroups, 16]],
    more: {},
    rewrite: (mib, answer) => (mib[2] === 34 ? bytes(groups) : answer),
  });
  expect(facts.supplementaryGroups).toEqual(Array.from({ length: 19 }, (_, index) => 1001 + index));
});

describe('a process of several threads', () => {
  test('on FreeBSD has each with its mask, and does not wait if one runs', () => {
    const rewrite: RecordChange['rewrite'] = (mib, answer) => {
      if (mib[2] !== 17) return answer;
      const second = Buffer.from(answer.bytes);
      second.writeUInt8(1 << (14 % 8), freebsd.kinfoProc.fields.ki_sigmask[0] + 1);
      second.writeInt32LE(100999, freebsd.kinfoProc.fields.ki_tid[0]);
      second.writeInt8(2, freebsd.kinfoProc.fields.ki_stat[0]);
      return bytes(answer.bytes, second);
    };
    const facts = observed('freebsd', { rewrite });
    if (isUnreadable(facts.threadFacts)) throw new Error(facts.threadFacts.unreadable);
    expect(facts.threadFacts.map(({ tid, blocked }) => [tid, blocked])).toEqual([
      [expect.any(Number), []],
      [100999, ['SIGTERM']],
    ]);
    expect(facts.waiting).toBe('no');
    expect(freebsdSignals.names[14]).toBe('SIGTERM');
  });

  test('on NetBSD does not reveal their masks', () => {
    const rewrite: RecordChange['rewrite'] = (mib, answer) =>
      mib[1] === 64 ? bytes(answer.bytes, answer.bytes) : answer;
    expect(observed('netbsd', { rewrite }).threadFacts).toEqual(
      unreadable('NetBSD does not reveal the signal mask of each thread'),
    );
  });
});

describe('states', () => {
  const { ki_stat: stat, ki_tdflags: flags } = freebsd.kinfoProc.fields;
  test.each([
    [2, 0, 'R'],
    [3, 8, 'S'],
    [3, 0, 'D'],
    [4, 8, 'T'],
    [6, 8, 'I'],
    [7, 8, 'D'],
  ])('%d with flags %d is %s on FreeBSD', (value, bits, state) => {
    const fields = [
      [stat, value],
      [flags, bits],
    ] as const;
    expect(observed('freebsd', { fields }).state).toBe(state);
  });

  test.each([
    ['openbsd', openbsd.kinfoProc.fields.p_stat, 4, 'T'],
    ['openbsd', openbsd.kinfoProc.fields.p_stat, 7, 'R'],
    ['netbsd', netbsd.kinfoProc2.fields.p_stat, 4, 'T'],
    ['netbsd', netbsd.kinfoProc2.fields.p_stat, 8, 'T'],
    ['netbsd', netbsd.kinfoProc2.fields.p_stat, 7, 'R'],
  ] as const)('on %s too', (system, field, value, state) => {
    expect(observed(system, { fields: [[field, value]] }).state).toBe(state);
  });
});

test.each([
  ['freebsd', [[freebsd.kinfoProc.fields.ki_runtime, 3_500_000]], freebsd.kinfoProc.fields.ki_stat, 2],
  [
    'openbsd',
    [
      [openbsd.kinfoProc.fields.p_uutime_sec, 3],
      [openbsd.kinfoProc.fields.p_uutime_usec, 400_000],
      [openbsd.kinfoProc.fields.p_ustime_sec, 0],
      [openbsd.kinfoProc.fields.p_ustime_usec, 100_000],
    ],
    openbsd.kinfoProc.fields.p_stat,
    7,
  ],
  [
    'netbsd',
    [
      [netbsd.kinfoProc2.fields.p_uutime_sec, 3],
      [netbsd.kinfoProc2.fields.p_uutime_usec, 400_000],
      [netbsd.kinfoProc2.fields.p_ustime_sec, 0],
      [netbsd.kinfoProc2.fields.p_ustime_usec, 100_000],
    ],
    netbsd.kinfoProc2.fields.p_stat,
    7,
  ],
] as const)(
  'what sleeps on %s tells how long it has used a processor, what runs not how long it waited for one',
  (system, fields, state, running) => {
    expect(observationOf(system, { fields }).activity).toEqual({
      asleep: true,
      busyMs: 3_500,
      timedSleeps: [],
    });
    expect(observationOf(system, { fields: [...fields, [state, running]] }).activity).toEqual({
      asleep: false,
      busyMs: null,
      timedSleeps: [],
    });
  },
);

describe('descriptors', () => {
  test('that were planted are known by identity', () => {
    const surroundings = {
      planted: new Map([
        ['1895890688:4', 'console'],
        ['4352:44', 'console'],
      ]),
    };
    for (const system of ['freebsd', 'openbsd'] as const) {
      const { descriptors } = observed(system, { surroundings });
      if (isUnreadable(descriptors)) throw new Error(descriptors.unreadable);
      expect(descriptors.map(({ planted }) => planted)).toEqual(['console', 'console', 'console', 'console']);
    }
  });

  test('on a device without a known node may be terminals, so none is told', () => {
    expect(observed('openbsd', { label: 'pty_background_group' }).descriptors).toEqual(
      unreadable('descriptor 0 is a character device, and no node of 5:1 is known'),
    );
  });

  test('on a device that was taken away have no attributes, so none is told', () => {
    const rewrite: RecordChange['rewrite'] = (mib, answer) => {
      if (mib[2] !== 33) return answer;
      const copy = Buffer.from(answer.bytes);
      // The fourth record, of 384 bytes like the two before it but for the directories' 376: descriptor 0.
      copy.writeUInt16LE(0, 384 + 376 + 376 + freebsd.kinfoFile.fields.kf_status[0]);
      return bytes(copy);
    };
    expect(observed('freebsd', { rewrite }).descriptors).toEqual(
      unreadable('descriptor 0 is a character device, and its attributes could not be read'),
    );
  });
});

describe('on OpenBSD', () => {
  const { fields, size } = openbsd.kinfoFile;
  const chroot = (mib: readonly number[], answer: Answer): Answer => {
    if (mib[1] !== 73) return answer;
    const root = Buffer.from(answer.bytes.subarray(size, 2 * size));
    root.writeInt32LE(-3, fields.fd_fd[0]);
    root.writeBigUInt64LE(77n, fields.va_fileid[0]);
    return bytes(answer.bytes, root);
  };

  test('a root directory has no path unless it is the observer’s own', () => {
    expect(observed('openbsd', { rewrite: chroot }).rootDirectory).toEqual(
      unreadable('chroot to inode 77 on /; OpenBSD does not reveal its path'),
    );
    const files = { identityOf: () => ({ device: 4352n, inode: 77n }) };
    expect(observed('openbsd', { rewrite: chroot, files }).rootDirectory).toBe('/');
  });

  test('a directory whose link count is zero was removed', () => {
    const rewrite: RecordChange['rewrite'] = (mib, answer) => {
      if (mib[1] !== 73) return answer;
      const copy = Buffer.from(answer.bytes);
      copy.writeUInt32LE(0, size + fields.va_nlink[0]);
      return bytes(copy);
    };
    expect(observed('openbsd', { rewrite }).workingDirectoryRemoved).toBe(true);
  });

  test('a command line without the end of its vector is none', () => {
    const rewrite: RecordChange['rewrite'] = (mib, answer) =>
      mib[1] === 55 ? bytes(Buffer.alloc(24, 1)) : answer;
    expect(observed('openbsd', { rewrite }).commandLine).toEqual(
      unreadable('no end of the vector of strings'),
    );
  });
});

test('a record that cannot be read makes every fact unreadable with the errno', () => {
  using replay = replaying({ system: 'freebsd', release: 'FreeBSD', answer: () => failing(1) });
  const seen = freebsdObserver(replay.kernel).observeProcess(17, {
    subreaper: null,
    planted: new Map(),
    environmentMarker: null,
  });
  if ('gone' in seen) throw new Error('gone');
  const { pid, ...facts } = seen.facts;
  expect(pid).toBe(17);
  expect(new Set(Object.values(facts).map((fact) => JSON.stringify(fact)))).toEqual(
    new Set([JSON.stringify(unreadable('EPERM on kern.proc.pid.17'))]),
  );
  expect(seen.whole).toBe(false);
});
