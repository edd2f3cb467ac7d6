import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { readiness } from './readiness.ts';

const ready = {
  kind: 'readiness' as const,
  command: 'nc -z localhost 8080',
  ending: 'exit status 0',
  said: '',
  begunAfterMs: 0.25,
  succeededAfterMs: 3,
};

test('a command that succeeds at once passes', () => {
  expect(judgementOfProbe(readiness, ready)).toEqual({ outcome: 'pass' });
});

test('one that succeeds later fails', () => {
  const late = { ...ready, ending: 'exit status 1', said: 'refused', succeededAfterMs: 80 };
  expect(judgementOfProbe(readiness, late)).toEqual({
    outcome: 'fail',
    expected: 'nc -z localhost 8080: exit status 0 when the starter has returned',
    actual: 'exit status 1; it succeeds after 80 ms',
    evidence: ['the command was begun 0.3 ms after the starter had returned', 'it said "refused"'],
  });
});

test('one that never succeeds fails', () => {
  const never = { ...ready, ending: 'exit status 127', succeededAfterMs: null };
  expect(judgementOfProbe(readiness, never)).toMatchObject({
    outcome: 'fail',
    actual: 'exit status 127, and no success later',
  });
});
