import { expect, test } from 'vitest';
import type { Run } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { ignoredSigchldStart } from './ignored-sigchld-start.ts';

const { sysv } = profiles;
const failing = (run: Run): Run => ({ ...run, starter: { ...run.starter, exitCode: 1 } });

test('a start that succeeds passes', () => {
  expect(judgementOf(ignoredSigchldStart, [cleanRun, hostileRun], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(ignoredSigchldStart, [hostileRun], sysv)).toEqual({ outcome: 'pass' });
});

test.each<[string, Partial<Run>]>([
  ['the starter exited with status 1', { starter: { ...hostileRun.starter, exitCode: 1 } }],
  [
    'the starter was ended by SIGABRT',
    { starter: { ...hostileRun.starter, exitCode: null, signal: 'SIGABRT' } },
  ],
  [
    'the starter did not return',
    { starter: { ...hostileRun.starter, exitCode: null, returnedAfterMs: null } },
  ],
  ['no process survived', { processes: [], daemon: null }],
])('it fails when %s', (actual, change) => {
  expect(
    judgementOf(ignoredSigchldStart, [cleanRun, { ...hostileRun, sigchldDecides: true, ...change }], sysv),
  ).toEqual({
    outcome: 'fail',
    expected: 'the start succeeds as it does with SIGCHLD at its default',
    actual,
  });
});

test('a start that fails with SIGCHLD at its default too has another reason', () => {
  const failed = { ...failing(hostileRun), sigchldDecides: false };
  expect(judgementOf(ignoredSigchldStart, [cleanRun, failed], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'the starter exited with status 1, and does not start with SIGCHLD at its default either',
  });
});

test('without a clean start the reason is unknown', () => {
  expect(judgementOf(ignoredSigchldStart, [failing(hostileRun)], sysv)).toEqual({
    outcome: 'inapplicable',
    because:
      'the starter exited with status 1, and only a clean start beside it shows why: --start clean,hostile',
  });
});

test('a pass means nothing if SIGCHLD was not ignored', () => {
  const run: Run = {
    ...hostileRun,
    established: { 'ignored-signals': { established: false, because: 'SIGCHLD: default' } },
  };
  expect(judgementOf(ignoredSigchldStart, [cleanRun, run], sysv)).toMatchObject({ outcome: 'inconclusive' });
});
