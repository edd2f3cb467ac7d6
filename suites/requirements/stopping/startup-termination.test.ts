import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { startupTermination } from './startup-termination.ts';

const clean = {
  kind: 'interruptions',
  sampledBecause: null,
  attempts: 20,
  untilMs: 24.5,
  clean: 20,
  left: [],
} as const;

test('starts that left nothing pass', () => {
  expect(judgementOfProbe(startupTermination, clean)).toEqual({ outcome: 'pass' });
});

test('one that left something fails', () => {
  const processes = [{ pid: 302, name: 'exampled' }];
  const left = [
    { offsetMs: 3.5, what: 'SIGTERM after 3.5 ms', starter: 'SIGTERM', processes, pidfile: true },
  ];
  expect(judgementOfProbe(startupTermination, { ...clean, clean: 19, left })).toEqual({
    outcome: 'fail',
    expected: 'nothing is left in 20 starts, sent SIGTERM up to 24.5 ms after execve(2)',
    actual: '1 of 20 left something',
    evidence: ['SIGTERM after 3.5 ms: starter SIGTERM, left: process 302 (exampled), the pidfile'],
  });
});
