import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { signalMask, signalNames } from './signal-names.ts';

test('an empty mask holds nothing', () => {
  expect(signalNames('0000000000000000')).toEqual([]);
});

test('the lowest and the highest signal', () => {
  expect(signalNames('8000000000000001')).toEqual(['SIGHUP', 'SIGRTMIN+30']);
});

test('32 and 33 belong to glibc, SIGRTMIN is 34', () => {
  expect(signalNames('0000000780000000')).toEqual(['SIG32', 'SIG33', 'SIGRTMIN', 'SIGRTMIN+1']);
});

test('all 64 have a name of their own', () => {
  expect(new Set(signalNames('ffffffffffffffff')).size).toBe(64);
});

test('the system gives the standard signals the same numbers', () => {
  const held = signalNames('000000007fffffff');
  const numbers = held.map(
    (name) => Object.entries(constants.signals).find(([known]) => known === name)?.[1],
  );
  expect(numbers).toEqual(Array.from({ length: 31 }, (_, bit) => bit + 1));
});

test('names lead back to the mask', () => {
  const mask = '8000000380006a01';
  expect(signalMask(signalNames(mask))).toBe(mask);
});
