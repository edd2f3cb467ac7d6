import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { backgroundStart } from './background-start.ts';

const returned = { kind: 'return', returnedAfterMs: 3, ending: 'exit status 0', stopped: [] } as const;

test('a starter that returns passes, whatever its status', () => {
  expect(judgementOfProbe(backgroundStart, returned)).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(backgroundStart, { ...returned, ending: 'exit status 1' })).toEqual({
    outcome: 'pass',
  });
});

test('one that is stopped fails', () => {
  const stopped = [{ pid: 300, name: 'exampled' }];
  expect(
    judgementOfProbe(backgroundStart, { ...returned, returnedAfterMs: null, ending: null, stopped }),
  ).toEqual({
    outcome: 'fail',
    expected: 'the starter returns',
    actual: 'stopped: process 300 (exampled)',
    evidence: ['ps -o state -p 300: T'],
  });
});

test('one that does not return without being stopped fails too', () => {
  expect(judgementOfProbe(backgroundStart, { ...returned, returnedAfterMs: null, ending: null })).toEqual({
    outcome: 'fail',
    expected: 'the starter returns',
    actual: 'it did not return, and nothing of it is stopped',
    evidence: [],
  });
});
