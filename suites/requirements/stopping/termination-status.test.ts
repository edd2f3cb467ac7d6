import { expect, test } from 'vitest';
import type { Termination } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { terminationStatus } from './termination-status.ts';

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

test('status 0 and an end by SIGTERM pass', () => {
  expect(judgementOfProbe(terminationStatus, ended)).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(terminationStatus, { ...ended, exitCode: null, signal: 'SIGTERM' })).toEqual({
    outcome: 'pass',
  });
});

test.each([
  [3, null, 'exit status 3'],
  [null, 'SIGSEGV', 'ended by SIGSEGV'],
])('status %s, signal %s fails', (exitCode, signal, actual) => {
  expect(judgementOfProbe(terminationStatus, { ...ended, exitCode, signal })).toEqual({
    outcome: 'fail',
    expected: 'exit status 0, or ended by SIGTERM',
    actual,
    evidence: ['the evidence'],
  });
});

test('without an end there is no status, and another parent may have taken it', () => {
  expect(judgementOfProbe(terminationStatus, alive)).toEqual({
    outcome: 'inapplicable',
    because: 'it did not end',
  });
  expect(judgementOfProbe(terminationStatus, { ...ended, exitCode: null })).toEqual({
    outcome: 'inconclusive',
    because: 'its wait status went to another process',
  });
});
