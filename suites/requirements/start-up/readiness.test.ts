import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { readiness } from './readiness.ts';

const ready = {
  kind: 'readiness' as const,
  sampledBecause: null,
  command: 'nc -z localhost 8080',
  attempts: 1,
  ready: 1,
  ending: 'exit status 0',
  said: '',
  begunAfterMs: 0.25,
  succeededAfterMs: 3,
};

test('a command that succeeds at once passes', () => {
  expect(judgementOfProbe(readiness, ready)).toEqual({ outcome: 'pass' });
});

test('one that succeeds later fails', () => {
  const late = { ...ready, ready: 0, ending: 'exit status 1', said: 'refused', succeededAfterMs: 80 };
  expect(judgementOfProbe(readiness, late)).toEqual({
    outcome: 'fail',
    expected: 'nc -z localhost 8080: exit status 0 when the starter has returned',
    actual: 'exit status 1; it succeeds after 80 ms',
    evidence: ['the command was begun 0.3 ms after the starter had returned', 'it said "refused"'],
  });
});

test('one that never succeeds fails', () => {
  const never = { ...ready, ready: 0, ending: 'exit status 127', succeededAfterMs: null };
  expect(judgementOfProbe(readiness, never)).toMatchObject({
    outcome: 'fail',
    actual: 'exit status 127, and no success later',
  });
});

test('one that does not succeed after some of the starts fails, with the rate', () => {
  const late = { ...ready, attempts: 20, ready: 15, ending: 'exit status 1', succeededAfterMs: 80 };
  expect(judgementOfProbe(readiness, late)).toMatchObject({
    outcome: 'fail',
    evidence: [
      'the command was begun 0.3 ms after the starter had returned',
      'right after 15 of 20 (95 % interval 53 to 89 %)',
    ],
  });
});
