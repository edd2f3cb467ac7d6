import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { concurrentStart } from './concurrent-start.ts';

const races = (...survivors: readonly number[]) => ({
  kind: 'races' as const,
  racers: 8,
  survivors,
  said: ['already running'],
});

test('one survivor in every round passes', () => {
  expect(judgementOfProbe(concurrentStart, races(1, 1, 1))).toEqual({ outcome: 'pass' });
});

test('more than one fails, and none at all', () => {
  expect(judgementOfProbe(concurrentStart, races(1, 3, 0))).toEqual({
    outcome: 'fail',
    expected: 'one daemon of 8 starts at once',
    actual: '3, 0 in 2 of 3 rounds',
    evidence: ['one of those that were refused said "already running"'],
  });
});
