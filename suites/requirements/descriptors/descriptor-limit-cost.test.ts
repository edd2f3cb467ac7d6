import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { descriptorLimitCost } from './descriptor-limit-cost.ts';

const cost = {
  kind: 'cost',
  pairs: 3,
  usualLimit: 1024,
  usualMs: 5,
  raisedLimit: 1_000_000,
  raisedMs: 6,
} as const;

test('a start that takes as long passes', () => {
  expect(judgementOfProbe(descriptorLimitCost, cost)).toEqual({ outcome: 'pass' });
});

test.each([
  ['30 ms that are six times as long', 5, 30],
  ['50 ms on top of 100', 100, 150],
])('%s are tolerable', (_, usualMs, raisedMs) => {
  expect(judgementOfProbe(descriptorLimitCost, { ...cost, usualMs, raisedMs })).toEqual({ outcome: 'pass' });
});

test('a loop over a million shows', () => {
  expect(judgementOfProbe(descriptorLimitCost, { ...cost, raisedMs: 100 })).toEqual({
    outcome: 'fail',
    expected: 'at most 25 ms or 1.5 times more with a limit of 1000000',
    actual: '100.0 ms instead of 5.0 ms, 20.0 times as long',
    evidence: ['until settled, fastest of 3: ulimit -n 1024 5.0 ms, ulimit -n 1000000 100.0 ms'],
  });
});
