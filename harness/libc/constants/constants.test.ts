import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readVector, type VectorName } from '../../observe/bsd/captured/replay.ts';
import { functionsOfLibc } from '../load-koffi.ts';
import { platforms } from '../platform.ts';
import { darwin, darwinSignals } from './darwin.ts';
import { freebsd, freebsdSignals, freebsdSysctl } from './freebsd.ts';
import { netbsd, netbsdSignals, netbsdSysctl } from './netbsd.ts';
import { openbsd, openbsdSignals, openbsdSysctl } from './openbsd.ts';

/** Constants as a compiler took them from the systems' own headers. */
const headers = JSON.parse(
  readFileSync(join(__dirname, '../../observe/bsd/captured/layouts.json'), 'utf8'),
) as Record<string, { readonly constants: Readonly<Record<string, number>> }>;

test.each([
  ['freebsd14_amd64', freebsd, freebsdSysctl],
  ['openbsd73_amd64', openbsd, openbsdSysctl],
  ['netbsd10_amd64', netbsd, netbsdSysctl],
  ['macos_lp64', darwin, {}],
] as const)('every number of %s that its headers hold is theirs', (system, table, sysctl) => {
  const constants = headers[system]?.constants ?? {};
  const compared: string[] = [];
  for (const [name, value] of Object.entries({ ...table, ...sysctl })) {
    if (constants[name] === undefined) continue;
    compared.push(name);
    expect([name, value]).toEqual([name, constants[name]]);
  }
  expect(compared).toEqual(expect.arrayContaining(['TIOCSCTTY', 'TIOCNOTTY', 'O_NOCTTY', 'O_CLOEXEC']));
});

test('what the headers of FreeBSD 13.2 say of signals, waiting and the rest is in its table', () => {
  expect(freebsd).toMatchObject({
    ...{ SA_NOCLDSTOP: 8, SA_NOCLDWAIT: 0x20, SA_RESTART: 2, SA_RESETHAND: 4, SA_NODEFER: 0x10 },
    sigaction: { bytes: 32, flags: 8, mask: 12 },
    ...{ WEXITED: 16, WCONTINUED: 4, WNOWAIT: 8, P_PID: 0, P_PGID: 2, P_ALL: 7, continuedStatus: 0x13 },
    siginfo: { code: 8, pid: 12, status: 20 },
    ...{ MAP_ANONYMOUS: 0x1000, addressesBeginWithLength: true, clockBytes: 4, SCHED_RR: 3, GETVAL: 5 },
    ...{ CLOCK_MONOTONIC: 4, CLOCK_PROCESS_CPUTIME_ID: 15, RLIMIT_NPROC: 7 },
  });
});

test('the members of a structure are inside it, and none covers another', () => {
  for (const [system, { sigaction, sigsetBytes, flock, termios, aiocb }] of Object.entries(platforms)) {
    const members = [
      [0, 8],
      [sigaction.flags, 4],
      [sigaction.mask, sigsetBytes],
    ].sort(([a = 0], [b = 0]) => a - b);
    members.forEach(([at = 0, size = 0], index) => {
      expect([system, at + size <= (members[index + 1]?.[0] ?? sigaction.bytes)]).toEqual([system, true]);
    });
    expect([system, flock.pid + 4 <= flock.bytes, flock.type + 2 <= flock.bytes]).toEqual([
      system,
      true,
      true,
    ]);
    expect([system, termios.localModes < termios.bytes]).toEqual([system, true]);
    if (aiocb !== null) expect([system, aiocb.count + 8 <= aiocb.bytes]).toEqual([system, true]);
  }
});

test('numbers the headers file lacks are few', () => {
  const lacking = (system: string, table: object) =>
    Object.keys(table).filter((name) => headers[system]?.constants[name] === undefined);
  expect(lacking('freebsd14_amd64', freebsdSysctl)).toEqual(['KERN_BOOTTIME']);
  expect(lacking('openbsd73_amd64', openbsdSysctl)).toEqual(['KERN_BOOTTIME']);
  expect(lacking('netbsd10_amd64', netbsdSysctl)).toEqual([
    'PROC_PID_LIMIT_TYPE_SOFT',
    'PROC_PID_LIMIT_TYPE_HARD',
  ]);
});

test('every system has a table, and no other', () => {
  expect(Object.keys(platforms).sort()).toEqual(['darwin', 'freebsd', 'linux', 'netbsd', 'openbsd']);
});

test('the numbers of signals are those of 4.4BSD up to 31, and each system’s own beyond', () => {
  for (const { names } of [freebsdSignals, openbsdSignals, netbsdSignals, darwinSignals]) {
    expect([1, 10, 16, 17, 19, 20, 23, 29, 30, 31].map((number) => names[number - 1])).toEqual(
      'SIGHUP SIGBUS SIGURG SIGSTOP SIGCONT SIGCHLD SIGIO SIGINFO SIGUSR1 SIGUSR2'.split(' '),
    );
    expect(new Set(names).size).toBe(names.length);
  }
  expect(freebsdSignals.names.slice(31, 33)).toEqual(['SIGTHR', 'SIGLIBRT']);
  expect([65, 66, 126].map((number) => freebsdSignals.names[number - 1])).toEqual([
    'SIGRTMIN',
    'SIGRTMIN+1',
    'SIGRTMIN+61',
  ]);
  expect(openbsdSignals.names[31]).toBe('SIGTHR');
  expect([32, 33, 63].map((number) => netbsdSignals.names[number - 1])).toEqual([
    'SIGPWR',
    'SIGRTMIN',
    'SIGRTMIN+30',
  ]);
});

/** Offset of the set of ignored signals in the captured record of process 1, which ignores none by itself. */
test.each([
  ['freebsd12', 'kinfo_proc', 136, freebsdSignals],
  ['openbsd73', 'kinfo_proc', 296, openbsdSignals],
  ['netbsd10', 'kinfo_proc2', 328, netbsdSignals],
] as const)(
  'what is ignored by default is what the kernel of %s put into every set',
  (name, what, at, signals) => {
    const dump = readVector(name satisfies VectorName).dumps.find(
      (one) => one.process === 'init' && one.what === what,
    );
    const set = Buffer.from(dump?.hex ?? '', 'hex').readUInt32LE(at);
    const bits = signals.ignoredByDefault.map((signal) => 2 ** signals.names.indexOf(signal));
    expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(set);
  },
);

test('koffi is loaded on demand and calls the C library of this system', () => {
  const { func, errno, errnoName } = functionsOfLibc();
  const close = func('int close(int fd)');
  const result = close(-1);
  expect([result, errnoName(errno())]).toEqual([-1, 'EBADF']);
  expect(errnoName(99_999)).toBe('E99999');
});
