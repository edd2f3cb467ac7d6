import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { pidfileMode } from './pidfile-mode.ts';

type PidfileState = Findings['pidfile'];

const seen = { kind: 'file' as const, text: '302\n', mode: '0644', userId: 0, identity: '8:1' };
const right: PidfileState = {
  kind: 'pidfile',
  sampledBecause: null,
  path: '/run/exampled.pid',
  attempts: 1,
  complete: 1,
  atReturn: seen,
  settled: seen,
  daemon: 302,
  survivors: [{ pid: 302, name: 'exampled' }],
  userId: 1000,
};

test.each([
  ['0644', 0],
  ['0600', 1000],
  ['0444', 1000],
])('mode %s of user %i passes', (mode, userId) => {
  expect(judgementOfProbe(pidfileMode, { ...right, settled: { ...seen, mode, userId } })).toEqual({
    outcome: 'pass',
  });
});

test.each([
  ['0666', 0],
  ['0664', 1000],
  ['0644', 65_534],
])('mode %s of user %i fails', (mode, userId) => {
  expect(judgementOfProbe(pidfileMode, { ...right, settled: { ...seen, mode, userId } })).toEqual({
    outcome: 'fail',
    expected: 'nobody but its owner writes to it, and that is user 0 or 1000',
    actual: `mode ${mode}, owned by user ${userId}`,
    evidence: ['ls -ln /run/exampled.pid'],
  });
});

test('without a pidfile it is inapplicable', () => {
  expect(judgementOfProbe(pidfileMode, { ...right, settled: { absent: 'ENOENT' } })).toEqual({
    outcome: 'inapplicable',
    because: 'there is no pidfile',
  });
});
