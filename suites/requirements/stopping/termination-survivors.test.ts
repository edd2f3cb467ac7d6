import { expect, test } from 'vitest';
import type { Termination } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { terminationSurvivors } from './termination-survivors.ts';

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

test('an empty tree passes', () => {
  expect(judgementOfProbe(terminationSurvivors, ended)).toEqual({ outcome: 'pass' });
});

test('what is left is named', () => {
  const survivors = [{ pid: 303, name: 'worker' }];
  expect(judgementOfProbe(terminationSurvivors, { ...ended, survivors })).toEqual({
    outcome: 'fail',
    expected: 'no process is left',
    actual: 'left: process 303 (worker)',
  });
});

test('a daemon that did not end is another failure', () => {
  expect(judgementOfProbe(terminationSurvivors, alive)).toEqual({
    outcome: 'inapplicable',
    because: 'it did not end',
  });
});
