import { expect, test } from 'vitest';
import type { Termination } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { terminationLeftovers } from './termination-leftovers.ts';

const ended: Termination = {
  kind: 'termination',
  pid: 302,
  endedAfterMs: 2.5,
  exitCode: 0,
  signal: null,
  decidedBy: 'ended',
  survivors: [],
  pidfileLeft: null,
  restarted: null,
  evidence: ['the evidence'],
};
const alive: Termination = { ...ended, endedAfterMs: null, exitCode: null, decidedBy: 'deadline' };

const declared = { pidfile: '/run/exampled.pid' };

test('a pidfile that is gone passes', () => {
  expect(judgementOfProbe(terminationLeftovers, { ...ended, pidfileLeft: false }, declared)).toEqual({
    outcome: 'pass',
  });
});

test('one that is left passes if the next start sees through it', () => {
  const left = { ...ended, pidfileLeft: true };
  expect(judgementOfProbe(terminationLeftovers, { ...left, restarted: true }, declared)).toEqual({
    outcome: 'pass',
  });
  expect(judgementOfProbe(terminationLeftovers, { ...left, restarted: false }, declared)).toEqual({
    outcome: 'fail',
    expected: 'no pidfile, or one that the next start sees through',
    actual: '/run/exampled.pid is left, and the next start fails',
    evidence: ['cat /run/exampled.pid'],
  });
});

test.each([
  ['no pidfile is declared: --pidfile FILE', ended, {}],
  ['it did not end', alive, declared],
  ['there was no pidfile', ended, declared],
])('it is inapplicable when %s', (because, found, policy) => {
  expect(judgementOfProbe(terminationLeftovers, found, policy)).toEqual({ outcome: 'inapplicable', because });
});
