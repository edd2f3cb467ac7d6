import { expect, test } from 'vitest';
import { cut, cutStart, wrap } from './fit.ts';

test('text that fits is not cut', () => {
  expect(cut('daemon', 6)).toBe('daemon');
});

test('text that is cut ends in an ellipsis and never in half a character', () => {
  expect(cut('daemons', 6)).toBe('daemo…');
  expect(cut('🐧🐧🐧', 2)).toBe('🐧…');
  expect(cut('daemon', 0)).toBe('…');
});

test('a path keeps its end', () => {
  expect(cutStart('/home/ann/daemon', 7)).toBe('…daemon');
  expect(cutStart('/srv', 4)).toBe('/srv');
});

test('words are wrapped under a hanging indentation', () => {
  expect(wrap('one two three', 9, { first: '- ', rest: '  ' })).toEqual(['- one two', '  three']);
});

test('a word longer than the line has a line of its own', () => {
  expect(wrap('see /a/very/long/path now', 8, { first: '', rest: '  ' })).toEqual([
    'see',
    '  /a/very/long/path',
    '  now',
  ]);
});

test('no words make one line', () => {
  expect(wrap('', 8, { first: '> ', rest: '' })).toEqual(['> ']);
});
