import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { descriptorLimitCost } from './descriptor-limit-cost.ts';

const cost = {
  kind: 'cost',
  pairs: 9,
  usualLimit: 1024,
  usualMs: 5,
  raisedLimit: 1_000_000,
  raisedMs: 6,
  noiseMs: 0.1,
} as const;

test('a start that takes as long passes', () => {
  expect(judgementOfProbe(descriptorLimitCost, cost)).toEqual({ outcome: 'pass' });
});

test.each([
  ['29 ms that are nearly six times as long', 5, 29],
  ['49 ms on top of 100', 100, 149],
])('%s are tolerable', (_, usualMs, raisedMs) => {
  expect(judgementOfProbe(descriptorLimitCost, { ...cost, usualMs, raisedMs })).toEqual({ outcome: 'pass' });
});

test('a loop over a million shows', () => {
  expect(judgementOfProbe(descriptorLimitCost, { ...cost, raisedMs: 100 })).toEqual({
    outcome: 'fail',
    expected: 'at most 25 ms or 1.5 times more with a limit of 1000000',
    actual: '100.0 ms instead of 5.0 ms',
    evidence: ['processor time until settled, least of 9: ulimit -n 1024 5.0 ms, ulimit -n 1000000 100.0 ms'],
  });
});

const lower = { ...cost, raisedLimit: 20_000 };

test('a loop over twenty thousand shows what a million would cost', () => {
  expect(judgementOfProbe(descriptorLimitCost, { ...lower, raisedMs: 7 })).toMatchObject({
    outcome: 'fail',
    actual: '110.3 ms instead of 5.0 ms, reckoned from a limit of 20000',
  });
  expect(judgementOfProbe(descriptorLimitCost, { ...lower, raisedMs: 5.1 })).toEqual({ outcome: 'pass' });
});

test('what may be noise is no cost, nor the lack of one', () => {
  expect(judgementOfProbe(descriptorLimitCost, { ...lower, raisedMs: 5.8, noiseMs: 0.5 })).toEqual({
    outcome: 'inconclusive',
    because:
      'two starts differ by 0.5 ms anyway, too much to see what a limit costs: ulimit -n 1024 5.0 ms, ulimit -n 20000 5.8 ms',
    wouldHelp:
      'a limit of a million, which needs CAP_SYS_RESOURCE or a hard limit that is high enough (ulimit -Hn)',
  });
});

test('who makes a call for each descriptor of the limit fails, however fast the machine is', () => {
  const counted = { kind: 'needless-calls', softLimit: 1_000_000, calls: 1021, mostCalls: 4096 } as const;
  expect(judgementOfProbe(descriptorLimitCost, counted)).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(descriptorLimitCost, { ...counted, calls: 4097 })).toMatchObject({
    outcome: 'fail',
    actual: 'more than 4096',
  });
});
