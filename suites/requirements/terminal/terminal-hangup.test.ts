import { expect, test } from 'vitest';
import { hungUp, judgementOfProbe, survived } from '../judgement-of-probe.ts';
import { terminalHangup } from './terminal-hangup.ts';

test('a daemon that is still there passes', () => {
  expect(judgementOfProbe(terminalHangup, survived)).toEqual({ outcome: 'pass' });
});

test('one that blocks the signal, or is there at the deadline, is still there', () => {
  expect(judgementOfProbe(terminalHangup, { ...survived, decidedBy: 'blocked' })).toEqual({
    outcome: 'pass',
  });
  expect(judgementOfProbe(terminalHangup, { ...survived, decidedBy: 'deadline' })).toEqual({
    outcome: 'pass',
  });
});

test('a daemon that has ended fails with how and when', () => {
  expect(judgementOfProbe(terminalHangup, hungUp)).toEqual({
    outcome: 'fail',
    expected: 'the daemon is still there after the terminal hung up',
    actual: 'SIGHUP after the terminal hung up, after 0.5 ms',
    evidence: ['wait status of process 302: killed by SIGHUP'],
  });
});
