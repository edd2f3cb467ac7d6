import { expect, test } from 'vitest';
import { hungUp, judgementOfProbe, survived } from '../judgement-of-probe.ts';
import { keyboardSignals } from './keyboard-signals.ts';

test('a daemon that is still there passes', () => {
  expect(judgementOfProbe(keyboardSignals, survived)).toEqual({ outcome: 'pass' });
});

test('one that blocks the signal, or is there at the deadline, is still there', () => {
  expect(judgementOfProbe(keyboardSignals, { ...survived, decidedBy: 'blocked' })).toEqual({
    outcome: 'pass',
  });
  expect(judgementOfProbe(keyboardSignals, { ...survived, decidedBy: 'deadline' })).toEqual({
    outcome: 'pass',
  });
});

test('a daemon that has ended fails with how and when', () => {
  expect(judgementOfProbe(keyboardSignals, hungUp)).toEqual({
    outcome: 'fail',
    expected: 'the daemon is still there after ^C, ^\\\\ and ^Z',
    actual: 'SIGHUP after ^C, ^\\\\ and ^Z, after 0.5 ms',
    evidence: ['wait status of process 302: killed by SIGHUP'],
  });
});
