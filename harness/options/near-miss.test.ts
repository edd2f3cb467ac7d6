import { expect, test } from 'vitest';
import { didYouMean, editDistance, nearest } from './near-miss.ts';

test('the distance counts insertions, deletions, substitutions and swaps', () => {
  expect(editDistance('umask', 'umask')).toBe(0);
  expect(editDistance('umsak', 'umask')).toBe(1);
  expect(editDistance('umas', 'umask')).toBe(1);
  expect(editDistance('xmaskk', 'umask')).toBe(2);
  expect(editDistance('', 'abc')).toBe(3);
});

test('the nearest candidate is suggested', () => {
  expect(nearest('sysvv', ['apue', 'sysv'])).toBe('sysv');
  expect(nearest('SYSV', ['apue', 'sysv'])).toBe('sysv');
  expect(nearest('superv', ['supervised', 'sysv'])).toBe('supervised');
});

test('nothing is suggested when nothing is near, or too much is', () => {
  expect(nearest('zzzz', ['apue', 'sysv'])).toBeNull();
  expect(nearest('daemon', ['daemon3-bsd', 'daemon3-glibc'])).toBeNull();
  expect(nearest('x', ['may'])).toBeNull();
  expect(didYouMean('zzzz', ['apue'])).toBe('');
  expect(didYouMean('apeu', ['apue'])).toBe('; did you mean apue?');
});
