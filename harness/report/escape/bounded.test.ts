import { expect, test } from 'vitest';
import { bounded, boundedList } from './bounded.ts';

test('a megabyte is told by its beginning and its length', () => {
  expect(bounded('a'.repeat(1_048_576), 4)).toBe('aaaa… (1048576 characters)');
  expect(bounded('abcd', 4)).toBe('abcd');
});

test('a surrogate pair is not torn', () => {
  expect(bounded('ab🐧cd', 3)).toBe('ab… (6 characters)');
  expect(bounded('ab🐧cd', 4)).toBe('ab🐧… (6 characters)');
});

test('a long list says how much is left out, and never leaves out a single line', () => {
  expect(boundedList(['a', 'b', 'c', 'd'], 2)).toEqual(['a', 'b', 'and 2 more']);
  expect(boundedList(['a', 'b', 'c'], 2)).toEqual(['a', 'b', 'c']);
});
