import { expect, test } from 'vitest';
import type { Descriptor } from '../../../harness/facts/process.ts';
import type { Run } from '../../../harness/facts/run.ts';
import { cleanRun, closedRun, nullDescriptor, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { closedStandardStreams } from './closed-standard-streams.ts';

const { sysv, supervised } = profiles;
const expected = 'the program starts, and 0, 1 and 2 are on the null device or closed';
const holding = (...descriptors: Descriptor[]) => ({
  ...closedRun,
  processes: [{ ...rightDaemon, descriptors }],
});
const opened = (fd: number, kind: Descriptor['kind']): Descriptor => ({
  ...nullDescriptor,
  fd,
  kind,
  target: '/var/lib/exampled',
});
const crashing = (run: Run): Run => ({
  ...run,
  starter: { ...run.starter, exitCode: null, signal: 'SIGSEGV' },
  daemon: null,
  processes: [],
});

test('streams on the null device pass, and so do closed ones', () => {
  expect(judgementOf(closedStandardStreams, [cleanRun, closedRun], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(closedStandardStreams, [holding()], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(closedStandardStreams, [holding(opened(3, 'file'))], sysv)).toEqual({
    outcome: 'pass',
  });
});

test.each<[number, Descriptor['kind']]>([
  [0, 'file'],
  [1, 'socket'],
  [2, 'pipe'],
  [0, 'terminal'],
])('it fails with %i taken by a %s', (fd, kind) => {
  expect(judgementOf(closedStandardStreams, [cleanRun, holding(opened(fd, kind))], sysv)).toEqual({
    outcome: 'fail',
    expected,
    actual: `${fd} on /var/lib/exampled`,
    shownBy: [{ pid: 302, facts: ['descriptors'] }],
  });
});

test('a declared sink may take 1 and 2, and not 0', () => {
  const standardStreams = { kind: 'sink', path: '/var/lib/exampled' } as const;
  const sink = { ...sysv, policy: { ...sysv.policy, standardStreams } };
  expect(judgementOf(closedStandardStreams, [holding(opened(1, 'file'))], sink)).toEqual({ outcome: 'pass' });
  expect(judgementOf(closedStandardStreams, [holding(opened(0, 'file'))], sink)).toMatchObject({
    outcome: 'fail',
  });
  const other = { ...opened(2, 'file'), target: '/tmp/other' };
  expect(judgementOf(closedStandardStreams, [holding(other)], sink)).toMatchObject({ outcome: 'fail' });
});

test('what stands there after the clean start too is left to standard-streams', () => {
  const logging = holding(opened(1, 'file'));
  const clean = (...descriptors: Descriptor[]) => ({
    ...cleanRun,
    processes: [{ ...rightDaemon, descriptors }],
  });
  const before = clean({ ...nullDescriptor, fd: 2 }, opened(1, 'file'));
  expect(judgementOf(closedStandardStreams, [before, logging], sysv)).toEqual({ outcome: 'pass' });
  for (const other of [opened(2, 'file'), opened(1, 'terminal')]) {
    expect(judgementOf(closedStandardStreams, [clean(other), logging], sysv)).toMatchObject({
      outcome: 'fail',
    });
  }
  const unread = {
    ...cleanRun,
    processes: [{ ...rightDaemon, descriptors: { unreadable: 'EACCES on /proc/302/fd' } }],
  };
  expect(judgementOf(closedStandardStreams, [unread, logging], sysv)).toMatchObject({ outcome: 'fail' });
  const any = { ...sysv, policy: { ...sysv.policy, standardStreams: { kind: 'any' } as const } };
  expect(judgementOf(closedStandardStreams, [before, logging], any)).toMatchObject({ outcome: 'fail' });
});

test('a program that does not start fails', () => {
  const found = { outcome: 'fail', expected, actual: 'the starter was ended by SIGSEGV' };
  expect(judgementOf(closedStandardStreams, [crashing(closedRun)], sysv)).toEqual(found);
  expect(judgementOf(closedStandardStreams, [cleanRun, crashing(closedRun)], sysv)).toEqual(found);
});

test('a starter that reports a failure fails, also where a daemon survives it', () => {
  const run = { ...closedRun, starter: { ...closedRun.starter, exitCode: 1 } };
  expect(judgementOf(closedStandardStreams, [cleanRun, run], sysv)).toEqual({
    outcome: 'fail',
    expected,
    actual: 'the starter exited with status 1',
  });
});

test('a program that does not start after the clean start either has another fault', () => {
  expect(judgementOf(closedStandardStreams, [crashing(cleanRun), crashing(closedRun)], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'it does not start after the clean start either',
  });
});

test('a declared daemon that is none of the survivors has not started', () => {
  const run = { ...closedRun, processes: [{ ...rightDaemon, role: 'survivor' as const }] };
  expect(judgementOf(closedStandardStreams, [run], sysv)).toMatchObject({
    outcome: 'fail',
    actual: 'none of the processes that survived is the declared daemon',
  });
});

test('descriptors that could not be read are inconclusive', () => {
  const unread = { ...rightDaemon, descriptors: { unreadable: 'EACCES on /proc/302/fd' } };
  expect(judgementOf(closedStandardStreams, [{ ...closedRun, processes: [unread] }], sysv)).toEqual({
    outcome: 'inconclusive',
    because: 'descriptors of process 302 could not be read: EACCES on /proc/302/fd',
    wouldHelp: 'run as root, or as the user the process runs as',
  });
});

test('a supervised program has to stay', () => {
  const staying: Run = {
    ...holding(opened(1, 'socket')),
    starter: { ...closedRun.starter, pid: 302, exitCode: null, returnedAfterMs: null },
  };
  expect(judgementOf(closedStandardStreams, [staying], supervised)).toMatchObject({
    outcome: 'fail',
    actual: '1 on /var/lib/exampled',
  });
  expect(judgementOf(closedStandardStreams, [crashing(closedRun)], supervised)).toMatchObject({
    outcome: 'fail',
    actual: 'the program was ended by SIGSEGV',
  });
});
