import { expect, test } from 'vitest';
import type { ObservedProcess, Run } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { ignoredSigchld } from './ignored-sigchld.ts';

const { sysv } = profiles;
const ignoring = (process: ObservedProcess, ...ignored: string[]): ObservedProcess => ({
  ...process,
  signals: { blocked: [], ignored, caught: [], pending: [] },
});
const clean = (...processes: ObservedProcess[]): Run => ({ ...cleanRun, processes });
const hostile = (...processes: ObservedProcess[]): Run => ({ ...hostileRun, processes });
const found = { outcome: 'fail', expected: 'not ignored, as after the clean start', actual: 'ignored' };

test('a daemon that ignores nothing passes', () => {
  expect(judgementOf(ignoredSigchld, [cleanRun, hostileRun], sysv)).toEqual({ outcome: 'pass' });
});

test('what is ignored after the hostile start alone was inherited', () => {
  expect(judgementOf(ignoredSigchld, [cleanRun, hostile(ignoring(rightDaemon, 'SIGCHLD'))], sysv)).toEqual(
    found,
  );
});

test('what the daemon ignores by its own choice passes', () => {
  const chosen = [clean(ignoring(rightDaemon, 'SIGCHLD')), hostile(ignoring(rightDaemon, 'SIGCHLD'))];
  expect(judgementOf(ignoredSigchld, chosen, sysv)).toEqual({ outcome: 'pass' });
});

test('a worker is judged too', () => {
  const worker = ignoring(rightWorker, 'SIGCHLD');
  expect(
    judgementOf(ignoredSigchld, [clean(rightDaemon, rightWorker), hostile(rightDaemon, worker)], sysv),
  ).toEqual(found);
});

test('another ignored signal is another requirement', () => {
  expect(judgementOf(ignoredSigchld, [cleanRun, hostile(ignoring(rightDaemon, 'SIGPIPE'))], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('a pass means nothing if nothing was ignored', () => {
  expect(judgementOf(ignoredSigchld, [cleanRun, { ...hostileRun, established: {} }], sysv)).toMatchObject({
    outcome: 'inconclusive',
  });
});

test('what one worker of several ignores after the clean start is the choice of that program', () => {
  const worker = ignoring(rightWorker, 'SIGCHLD');
  const runs = [clean(rightDaemon, rightWorker, worker), hostile(rightDaemon, worker)];
  expect(judgementOf(ignoredSigchld, runs, sysv)).toEqual({ outcome: 'pass' });
});

test('where the system does not tell SIG_IGN from SIG_DFL, exec has reset what was inherited', () => {
  const daemon: ObservedProcess = {
    ...rightDaemon,
    signals: { blocked: [], ignored: [], ignoredOrDefault: ['SIGCHLD', 'SIGURG'], caught: [], pending: [] },
  };
  expect(judgementOf(ignoredSigchld, [clean(daemon), hostile(daemon)], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'on this system execve(2) resets an ignored SIGCHLD: nobody inherits it',
  });
});
