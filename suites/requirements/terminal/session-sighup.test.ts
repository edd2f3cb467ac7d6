import { expect, test } from 'vitest';
import { hungUp, judgementOfProbe, survived } from '../judgement-of-probe.ts';
import { sessionSighup } from './session-sighup.ts';

test('a daemon that is still there passes', () => {
  expect(judgementOfProbe(sessionSighup, survived)).toEqual({ outcome: 'pass' });
});

test('one that blocks the signal, or is there at the deadline, is still there', () => {
  expect(judgementOfProbe(sessionSighup, { ...survived, decidedBy: 'blocked' })).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(sessionSighup, { ...survived, decidedBy: 'deadline' })).toEqual({
    outcome: 'pass',
  });
});

test('a daemon that has ended fails with how and when', () => {
  expect(judgementOfProbe(sessionSighup, hungUp)).toEqual({
    outcome: 'fail',
    expected: 'the daemon is still there after SIGHUP and SIGCONT to every group of the launch session',
    actual: 'SIGHUP after SIGHUP and SIGCONT to every group of the launch session, after 0.5 ms',
    evidence: ['wait status of process 302: killed by SIGHUP'],
  });
});
