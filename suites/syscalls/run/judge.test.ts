import { expect, test } from 'vitest';
import { expectedOn, judge } from './judge.ts';

const seen = { type: 'seen', kind: 'EPERM', seen: 'setsid(): EPERM' } as const;

test('one expectation is for every system', () => {
  expect(expectedOn('EPERM', ['glibc', 'linux'])).toEqual({ kind: 'EPERM', source: null });
});

test('the C library comes before the kernel', () => {
  const expectation = { linux: 'one', musl: 'two', freebsd: { kind: 'three', source: 'measured' } };
  expect(expectedOn(expectation, ['glibc', 'linux'])).toEqual({ kind: 'one', source: null });
  expect(expectedOn(expectation, ['musl', 'linux'])).toEqual({ kind: 'two', source: null });
  expect(expectedOn(expectation, ['freebsd'])).toEqual({ kind: 'three', source: 'measured' });
  expect(expectedOn(expectation, ['darwin'])).toBeNull();
});

test('a kind that is expected holds, any other is broken', () => {
  expect(judge({}, { kind: 'EPERM', source: null }, seen).verdict).toBe('holds');
  expect(judge({}, { kind: 'EACCES', source: null }, seen).verdict).toBe('broken');
});

test('what the clause leaves to the system is never broken', () => {
  expect(judge({ implementationDefined: true }, { kind: 'EACCES', source: null }, seen)).toEqual({
    verdict: 'implementation-defined',
    kind: 'EPERM',
    seen: 'setsid(): EPERM',
  });
});

test('without an expectation nothing is judged, and the kind is told', () => {
  expect(judge({}, null, seen)).toMatchObject({ verdict: 'unresolved', kind: 'EPERM' });
});

test('unsupported and unresolved keep their reason, whatever was expected', () => {
  const expected = { kind: 'unresolved', source: null };
  expect(judge({}, expected, { type: 'unresolved', because: 'it hung' })).toEqual({
    verdict: 'unresolved',
    kind: 'unresolved',
    seen: 'it hung',
  });
  expect(
    judge({ implementationDefined: true }, expected, { type: 'unsupported', because: 'needs root' }),
  ).toEqual({
    verdict: 'unsupported',
    kind: 'unsupported',
    seen: 'needs root',
  });
});
