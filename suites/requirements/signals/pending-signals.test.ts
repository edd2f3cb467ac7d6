import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { pendingSignals } from './pending-signals.ts';

const withSignals = (blocked: readonly string[], pending: readonly string[]) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, signals: { blocked, ignored: [], caught: [], pending } }],
});

test('none pending passes, blocked or not', () => {
  expect(judgementOf(pendingSignals, [cleanRun], profiles.sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(pendingSignals, [withSignals(['SIGUSR2'], [])], profiles.sysv)).toEqual({
    outcome: 'pass',
  });
});

test('a signal that is blocked and pending fails', () => {
  expect(
    judgementOf(pendingSignals, [withSignals(['SIGUSR2'], ['SIGHUP', 'SIGUSR2'])], profiles.sysv),
  ).toEqual({ outcome: 'fail', expected: 'none', actual: 'SIGUSR2' });
});

test('a signal that is not blocked is on its way', () => {
  expect(judgementOf(pendingSignals, [withSignals([], ['SIGCHLD'])], profiles.sysv)).toEqual({
    outcome: 'pass',
  });
});
