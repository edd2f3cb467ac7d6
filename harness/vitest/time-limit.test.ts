import { expect, onTestFinished, test, vi } from 'vitest';
import { forVitest } from './for-vitest.ts';
import { limitMs } from './time-limit.ts';

interface Limits {
  readonly testTimeout?: number;
  readonly hookTimeout?: number;
}

/** What is asked of vitest where a test file takes the matcher and the fixture under these limits. */
function askedUnder(limits: Required<Limits>): readonly Limits[] {
  onTestFinished(() => vi.resetConfig());
  vi.setConfig(limits);
  const asked: Limits[] = [];
  const { fixtures, matchers } = forVitest({ setConfig: (limit) => asked.push(limit) });
  expect(asked).toEqual([]);
  expect(Object.keys({ ...matchers, ...fixtures })).toEqual(['toConformTo', 'checkProgram']);
  return asked;
}

test('a test file that takes the matcher or the fixture has the time that a check takes', () => {
  const limit = { testTimeout: limitMs, hookTimeout: limitMs };
  expect(askedUnder({ testTimeout: 5_000, hookTimeout: 10_000 })).toEqual([limit, limit]);
});

test('a longer limit stays, and so does none', () => {
  const limits = { testTimeout: 2 * limitMs, hookTimeout: 0 };
  expect(askedUnder(limits)).toEqual([limits, limits]);
});
