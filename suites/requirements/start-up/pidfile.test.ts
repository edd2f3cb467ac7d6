import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { pidfile } from './pidfile.ts';

type PidfileState = Findings['pidfile'];

const seen = {
  kind: 'file' as const,
  text: '302\n',
  mode: '0644',
  userId: 0,
  identity: '8:1',
};
const right: PidfileState = {
  kind: 'pidfile',
  sampledBecause: null,
  path: '/run/exampled.pid',
  attempts: 20,
  complete: 20,
  atReturn: seen,
  settled: seen,
  daemon: 302,
  survivors: [
    { pid: 302, name: 'exampled' },
    { pid: 303, name: 'exampled' },
  ],
  userId: 0,
};
const expected =
  '/run/exampled.pid holds the process ID of the daemon and a newline when the starter returns';

test('one that is complete after every start passes', () => {
  expect(judgementOfProbe(pidfile, right)).toEqual({ outcome: 'pass' });
});

const once = { ...right, attempts: 1, complete: 0 };

test.each([
  [{ absent: 'ENOENT' }, 'it is not there (ENOENT), it comes later'],
  [{ ...seen, text: '' }, 'it holds ""'],
  [{ ...seen, text: '302' }, 'it holds "302", without a newline'],
  [{ ...seen, text: 'exampled\n' }, 'it holds "exampled\\n"'],
])('what is not complete (%j) fails', (atReturn, actual) => {
  expect(judgementOfProbe(pidfile, { ...once, atReturn })).toEqual({
    outcome: 'fail',
    expected,
    actual,
    evidence: ['cat /run/exampled.pid'],
  });
});

test('one that never comes fails', () => {
  const never = { absent: 'ENOENT' };
  expect(judgementOfProbe(pidfile, { ...once, atReturn: never, settled: never })).toMatchObject({
    actual: 'it is not there (ENOENT), nor later',
  });
});

test('one that names another process fails', () => {
  expect(judgementOfProbe(pidfile, { ...once, atReturn: { ...seen, text: '301\n' } })).toEqual({
    outcome: 'fail',
    expected,
    actual: 'it names process 301, which is none of the program; the daemon is process 302',
    evidence: ['cat /run/exampled.pid', 'ps -p 301,302'],
  });
});

test('one that is not there after some of the starts fails, with the rate', () => {
  const atReturn = { absent: 'ENOENT' };
  expect(judgementOfProbe(pidfile, { ...right, complete: 12, atReturn })).toEqual({
    outcome: 'fail',
    expected,
    actual: 'it is not there (ENOENT), it comes later',
    evidence: ['cat /run/exampled.pid', 'right after 12 of 20 (95 % interval 38 to 79 %)'],
  });
});

test('without a declared one it is inapplicable', () => {
  const notRun = 'no pidfile is declared: --pidfile FILE';
  expect(judgementOfProbe(pidfile, { kind: 'not-run', notRun })).toEqual({
    outcome: 'inapplicable',
    because: notRun,
  });
});
