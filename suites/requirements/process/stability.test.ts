import { expect, test } from 'vitest';
import type { Run } from '../../../harness/facts/run.ts';
import { evaluate } from '../../../harness/judge/evaluate.ts';
import { cleanRun, rightDaemon, rightWorker, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { session } from '../session/session.ts';
import { stability } from './stability.ts';

const setting = { profile: profiles.sysv, policy: profiles.sysv.policy, inspected: false };
const judgementOf = (run: Run) => evaluate(stability, [run], [stability, session], setting)[0]?.judgement;
const expected = 'everything that held once it had settled still holds';

test('what holds later too is stable', () => {
  expect(judgementOf({ ...cleanRun, later: [rightDaemon, rightWorker] })).toEqual({ outcome: 'pass' });
});

test('what sleeps in a wait without timeout is stable without another look', () => {
  expect(judgementOf({ ...cleanRun, later: null })).toEqual({ outcome: 'pass' });
});

test('a property that was lost again fails', () => {
  expect(judgementOf({ ...cleanRun, later: [{ ...rightDaemon, session: 100 }] })).toEqual({
    outcome: 'fail',
    expected,
    actual: 'no longer: session',
  });
});

test('a property that never held is not lost', () => {
  const drifted = { ...rightDaemon, session: 100 };
  expect(judgementOf({ ...cleanRun, processes: [drifted], later: [drifted] })).toEqual({ outcome: 'pass' });
});

test('a daemon that ended fails', () => {
  expect(judgementOf({ ...cleanRun, later: [] })).toEqual({
    outcome: 'fail',
    expected,
    actual: 'process 302 is gone',
  });
});

test('a daemon that was replaced fails, even by one of the same process ID', () => {
  expect(judgementOf({ ...cleanRun, later: [{ ...rightDaemon, pid: 310 }] })).toEqual({
    outcome: 'fail',
    expected,
    actual: 'process 302 is gone; there is 310 instead',
  });
  expect(judgementOf({ ...cleanRun, later: [{ ...rightDaemon, startTime: 9000 }] })).toMatchObject({
    outcome: 'fail',
  });
});

test('a program still in the foreground is not judged', () => {
  expect(judgementOf({ ...supervisedRun, later: [] })).toEqual({
    outcome: 'inapplicable',
    because: 'the program is still in the foreground',
  });
});
