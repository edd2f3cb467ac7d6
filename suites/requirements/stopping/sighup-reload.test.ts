import { expect, test } from 'vitest';
import { hungUp, judgementOfProbe, survived } from '../judgement-of-probe.ts';
import { sighupReload } from './sighup-reload.ts';

test('a daemon that is still there passes', () => {
  expect(judgementOfProbe(sighupReload, survived)).toEqual({ outcome: 'pass' });
});

test('one that blocks the signal, or is there at the deadline, is still there', () => {
  expect(judgementOfProbe(sighupReload, { ...survived, decidedBy: 'blocked' })).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(sighupReload, { ...survived, decidedBy: 'deadline' })).toEqual({ outcome: 'pass' });
});

test('a daemon that has ended fails with how and when', () => {
  expect(judgementOfProbe(sighupReload, hungUp)).toEqual({
    outcome: 'fail',
    expected: 'the daemon is still there after SIGHUP',
    actual: 'SIGHUP after SIGHUP, after 0.5 ms',
    evidence: ['wait status of process 302: killed by SIGHUP'],
  });
});
