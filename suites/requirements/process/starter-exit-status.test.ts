import { expect, test } from 'vitest';
import type { Run } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { starterExitStatus } from './starter-exit-status.ts';

const { sysv } = profiles;
const ending = (run: Run, exitCode: number | null, signal: string | null): Run => ({
  ...run,
  starter: { ...run.starter, exitCode, signal },
});

test('status 0 passes, whether or not anything survived', () => {
  expect(judgementOf(starterExitStatus, [cleanRun], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(starterExitStatus, [{ ...cleanRun, daemon: null, processes: [] }], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('another status fails', () => {
  expect(judgementOf(starterExitStatus, [ending(cleanRun, 3, null)], sysv)).toEqual({
    outcome: 'fail',
    expected: 'exit status 0',
    actual: 'process 300 exited with status 3',
  });
});

test('an end by signal fails', () => {
  expect(judgementOf(starterExitStatus, [ending(cleanRun, null, 'SIGHUP')], sysv)).toEqual({
    outcome: 'fail',
    expected: 'exit status 0',
    actual: 'process 300 was ended by SIGHUP',
  });
});

test('a starter that has not returned has no status', () => {
  expect(judgementOf(starterExitStatus, [supervisedRun], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'the program is still in the foreground',
  });
});

test('a status that is wrong because of an ignored SIGCHLD is left to ignored-sigchld-start', () => {
  const wrong = ending(hostileRun, 1, null);
  expect(judgementOf(starterExitStatus, [wrong], sysv)).toMatchObject({ outcome: 'fail' });
  expect(judgementOf(starterExitStatus, [cleanRun, wrong], sysv)).toMatchObject({ outcome: 'fail' });
  expect(judgementOf(starterExitStatus, [cleanRun, { ...wrong, sigchldDecides: true }], sysv)).toEqual({
    outcome: 'pass',
  });
  expect(judgementOf(starterExitStatus, [ending(cleanRun, 1, null), wrong], sysv)).toMatchObject({
    outcome: 'fail',
  });
});
