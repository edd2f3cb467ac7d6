import { describe, expect, test } from 'vitest';
import type { FactName, ProcessFacts } from '../../facts/process.ts';
import { nullDescriptor, rightDaemon } from '../../judge/example-run.ts';
import { lines as freebsd } from '../freebsd/evidence.ts';
import { lines as netbsd } from '../netbsd/evidence.ts';
import { lines as openbsd } from '../openbsd/evidence.ts';
import { evidenceFrom } from './evidence.ts';

const facts: ProcessFacts = {
  ...rightDaemon,
  pid: 402,
  parent: { pid: 1, role: 'init' },
  processGroup: 401,
  session: 401,
  terminal: { device: '5:0', name: '/dev/ttyp0' },
  foregroundProcessGroup: 401,
  fileModeCreationMask: '0027',
  commandLine: ['exampled', '-f', 'a b'],
  threadFacts: [{ tid: 7, blocked: ['SIGUSR1'], fileModeCreationMask: null, workingDirectory: '/' }],
  descriptors: [{ ...nullDescriptor, access: 'read', device: '2:2' }],
  signals: { blocked: [], ignored: ['SIGHUP'], caught: ['SIGCHLD'], pending: [] },
  oomScoreAdjustment: { unreadable: 'there is none' },
  limits: { nofile: { soft: 256, hard: 'unlimited' } },
  capabilities: { unreadable: 'there are none' },
  sessionVariables: ['TERM'],
  waiting: 'with-timeout',
};
const names = Object.keys(facts).filter((name): name is FactName => name !== 'pid' && name !== 'role');

describe.each([
  ['FreeBSD', freebsd],
  ['OpenBSD', openbsd],
  ['NetBSD', netbsd],
] as const)('on %s', (_system, lines) => {
  const evidenceOf = evidenceFrom(lines);

  test.each(names)('%s has a line that names the process', (name) => {
    const written = evidenceOf(facts, name);
    expect(written.length).toBeGreaterThan(0);
    for (const line of written) expect(line).toMatch(/402|^there (is|are) none$/);
  });
});

test('FreeBSD names procstat(1) for what ps(1) does not show', () => {
  const evidenceOf = evidenceFrom(freebsd);
  expect(evidenceOf(facts, 'fileModeCreationMask')).toEqual(['procstat -s 402, column UMASK: 027']);
  expect(evidenceOf(facts, 'descriptors')).toEqual([
    'procstat -f 402: 0',
    'procstat -f 402: 0 is /dev/null (device 2:2)',
  ]);
});

test('OpenBSD names fstat(1), and says when the session leader has ended', () => {
  const evidenceOf = evidenceFrom(openbsd);
  expect(evidenceOf(facts, 'workingDirectory')).toEqual(['fstat -p 402, FD wd: /']);
  expect(evidenceOf({ ...facts, session: 0 }, 'session')).toEqual([
    'sysctl kern.proc of process 402, p_sid: 0 (the session leader has ended)',
  ]);
});

test('a caught signal is not in the set of those ignored by default', () => {
  expect(evidenceFrom(freebsd)(facts, 'signals')).toEqual([
    'ps -ww -o sigmask -p 402: 0 (none)',
    'ps -ww -o sigignore -p 402: 18408001 (SIGHUP, and by default SIGURG SIGIO SIGWINCH SIGINFO)',
    'ps -ww -o sigcatch -p 402: 80000 (SIGCHLD)',
    'ps -ww -o sig -p 402: 0 (none)',
  ]);
});

test('no controlling terminal is said in words', () => {
  expect(evidenceFrom(netbsd)({ ...facts, terminal: null }, 'terminal')).toEqual([
    'ps -ww -o tty -p 402: none',
  ]);
});

test('the evidence of an unreadable fact is its reason', () => {
  expect(evidenceFrom(openbsd)({ ...facts, nice: { unreadable: 'EPERM' } }, 'nice')).toEqual(['EPERM']);
});
