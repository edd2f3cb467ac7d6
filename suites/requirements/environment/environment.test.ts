import { expect, test } from 'vitest';
import type { ObservedProcess, Run } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { environment } from './environment.ts';

const { sysv } = profiles;
const hostile = (...processes: ObservedProcess[]): Run => ({ ...hostileRun, processes });
const marked = { environmentMarker: true };
const unknown = {
  outcome: 'inapplicable',
  because: 'it runs no other program, and only there it would show what the daemon hands on',
};

test('a daemon executed with a new environment passes', () => {
  expect(judgementOf(environment, [hostileRun], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(environment, [hostile(rightDaemon, rightWorker)], sysv)).toEqual({ outcome: 'pass' });
});

test('the environment a daemon was executed with may have been cleared since', () => {
  expect(judgementOf(environment, [hostile({ ...rightDaemon, ...marked })], sysv)).toEqual(unknown);
});

test('a forked worker shows no more than the daemon', () => {
  const forked = [
    { ...rightDaemon, ...marked },
    { ...rightWorker, ...marked },
  ];
  expect(judgementOf(environment, [hostile(...forked)], sysv)).toEqual(unknown);
});

test('a program that the daemon runs shows what the daemon had', () => {
  const run = { ...rightWorker, executable: '/usr/bin/rsync', ...marked };
  expect(judgementOf(environment, [hostile({ ...rightDaemon, ...marked }, run)], sysv)).toEqual({
    outcome: 'fail',
    expected: 'a planted variable is gone',
    actual: '/usr/bin/rsync was started with it',
  });
  const inSession = { ...run, sessionVariables: ['SSH_TTY', 'TERM'] };
  expect(judgementOf(environment, [hostile(rightDaemon, inSession)], sysv)).toMatchObject({
    actual: '/usr/bin/rsync was started with it and SSH_TTY, TERM',
  });
});

test('another survivor was not started by the daemon', () => {
  const survivor = { ...rightWorker, role: 'survivor' as const, executable: '/usr/bin/rsync', ...marked };
  expect(judgementOf(environment, [hostile({ ...rightDaemon, ...marked }, survivor)], sysv)).toEqual(unknown);
});

test('only a hostile start plants a variable', () => {
  expect(judgementOf(environment, [cleanRun], sysv)).toMatchObject({ outcome: 'inapplicable' });
});

test('a pass means nothing if it was not planted', () => {
  expect(judgementOf(environment, [{ ...hostileRun, established: {} }], sysv)).toMatchObject({
    outcome: 'inconclusive',
    because: 'the hostile start did not establish environment-marker: no canary showed it',
  });
});
