import { expect, test } from 'vitest';
import { hungUp, judgementOfProbe, survived } from '../judgement-of-probe.ts';
import { logout } from './logout.ts';

test('a daemon that is still there passes', () => {
  expect(judgementOfProbe(logout, survived)).toEqual({ outcome: 'pass' });
});

test('one that blocks the signal, or is there at the deadline, is still there', () => {
  expect(judgementOfProbe(logout, { ...survived, decidedBy: 'blocked' })).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(logout, { ...survived, decidedBy: 'deadline' })).toEqual({ outcome: 'pass' });
});

test('a daemon that has ended fails with how and when', () => {
  expect(judgementOfProbe(logout, hungUp)).toEqual({
    outcome: 'fail',
    expected: 'the daemon is still there after the launch session was killed',
    actual: 'SIGHUP after the launch session was killed, after 0.5 ms',
    evidence: ['wait status of process 302: killed by SIGHUP'],
  });
});
