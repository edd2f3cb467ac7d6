import { expect, test } from 'vitest';
import { rateOf, wilsonInterval } from './rate.ts';

test('the interval is that of Wilson, to three places', () => {
  const rounded = (count: number, of: number) =>
    Object.values(wilsonInterval(count, of)).map((bound) => Number(bound.toFixed(3)));
  expect(rounded(60, 60)).toEqual([0.94, 1]);
  expect(rounded(0, 60)).toEqual([0, 0.06]);
  expect(rounded(41, 300)).toEqual([0.102, 0.18]);
});

test('nothing tried says nothing', () => {
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
});

test('a rate tells count, number and interval, rounded outwards', () => {
  expect(rateOf(57, 60)).toBe('57 of 60 (95 % interval 86 to 99 %)');
});
