import { expect, test } from 'vitest';
import type { Run } from '../../../harness/facts/run.ts';
import { evaluate } from '../../../harness/judge/evaluate.ts';
import { cleanRun, rightDaemon, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { sessionLeader } from '../session/session-leader.ts';
import { readyAtReturn } from './ready-at-return.ts';

const setting = { profile: profiles.sysv, policy: profiles.sysv.policy, inspected: false };
const judgementOf = (run: Run) =>
  evaluate(readyAtReturn, [run], [readyAtReturn, sessionLeader], setting)[0]?.judgement;
const expected = 'every must-requirement on the daemon holds when the starter returns';
const leader = { ...rightDaemon, session: 302 };

test('a daemon that was complete at once passes', () => {
  expect(judgementOf(cleanRun)).toEqual({ outcome: 'pass' });
});

test('a property that came later fails', () => {
  expect(judgementOf({ ...cleanRun, atReturn: [leader] })).toEqual({
    outcome: 'fail',
    expected,
    actual: 'not yet: session-leader',
  });
});

test('the process that became the daemon is looked at, whatever it seemed to be then', () => {
  const between = { ...rightDaemon, pid: 301, session: 301 };
  const notYet = { ...rightDaemon, role: 'worker' as const };
  expect(judgementOf({ ...cleanRun, atReturn: [between, notYet] })).toEqual({ outcome: 'pass' });
});

test('a property that never came is not late', () => {
  expect(judgementOf({ ...cleanRun, processes: [leader], atReturn: [leader] })).toEqual({ outcome: 'pass' });
});

test('a daemon that was forked after the return fails', () => {
  expect(judgementOf({ ...cleanRun, atReturn: [{ ...rightDaemon, pid: 301 }] })).toEqual({
    outcome: 'fail',
    expected,
    actual: 'process 302 was not there yet',
  });
  expect(judgementOf({ ...cleanRun, atReturn: [] })).toMatchObject({ outcome: 'fail' });
});

test('a program still in the foreground is not judged', () => {
  expect(judgementOf(supervisedRun)).toMatchObject({ outcome: 'inapplicable' });
  expect(judgementOf({ ...cleanRun, atReturn: null })).toMatchObject({ outcome: 'inapplicable' });
});
