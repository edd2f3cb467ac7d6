import { expect, test } from 'vitest';
import { duration, timeAxis } from './time-axis.ts';

test('the first milliseconds are readable beside ten seconds', () => {
  const { place, ticks } = timeAxis(10_000);
  expect(place(0)).toBe(0);
  expect(place(10_000)).toBe(1);
  expect(place(1)).toBeGreaterThan(0.1);
  expect(ticks.map(({ label }) => label)).toEqual(['0', '1 ms', '10 ms', '100 ms', '1 s', '10 s']);
});

test('an empty run has an axis', () => {
  expect(timeAxis(0).ticks.map(({ label }) => label)).toEqual(['0', '1 ms']);
});

test('a time is told as precisely as it matters', () => {
  expect([0, 0.36, 5.02, 12.4, 274.4, 10_000, 1_540].map(duration)).toEqual([
    '0',
    '0.4 ms',
    '5 ms',
    '12 ms',
    '274 ms',
    '10 s',
    '1.5 s',
  ]);
});
