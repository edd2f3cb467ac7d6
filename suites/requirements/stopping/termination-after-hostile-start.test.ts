import { expect, test } from 'vitest';
import type { Termination } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { terminationAfterHostileStart } from './termination-after-hostile-start.ts';

const ended: Termination = {
  kind: 'termination',
  pid: 302,
  endedAfterMs: 2.5,
  exitCode: 0,
  signal: null,
  decidedBy: 'ended',
  survivors: [],
  pidfileLeft: null,
  restarted: null,
  evidence: ['the evidence'],
};
const alive: Termination = { ...ended, endedAfterMs: null, exitCode: null, decidedBy: 'deadline' };

test('a daemon that ends passes, whatever its status', () => {
  expect(judgementOfProbe(terminationAfterHostileStart, ended)).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(terminationAfterHostileStart, { ...ended, exitCode: 3 })).toEqual({
    outcome: 'pass',
  });
});

test.each([
  ['blocked', 'process 302 blocks SIGTERM, which stays pending'],
  ['nothing pending', 'process 302 has taken SIGTERM and sleeps on'],
  ['stopped', 'process 302 is stopped'],
  ['deadline', 'process 302 was still there at the time limit'],
] as const)('one that does not (%s) fails', (decidedBy, actual) => {
  expect(judgementOfProbe(terminationAfterHostileStart, { ...alive, decidedBy })).toEqual({
    outcome: 'fail',
    expected: 'the daemon ends',
    actual,
    evidence: ['the evidence'],
  });
});
