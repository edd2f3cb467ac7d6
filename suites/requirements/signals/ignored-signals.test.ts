import { expect, test } from 'vitest';
import type { ObservedProcess, Run } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { ignoredSignals } from './ignored-signals.ts';

const { sysv } = profiles;
const ignoring = (process: ObservedProcess, ...ignored: string[]): ObservedProcess => ({
  ...process,
  signals: { blocked: [], ignored, caught: [], pending: [] },
});
const clean = (...processes: ObservedProcess[]): Run => ({ ...cleanRun, processes });
const hostile = (...processes: ObservedProcess[]): Run => ({ ...hostileRun, processes });
const found = {
  outcome: 'fail',
  expected: 'the same signals are ignored as after the clean start',
  actual: 'ignores SIGUSR1',
};

test('a daemon that ignores nothing passes', () => {
  expect(judgementOf(ignoredSignals, [cleanRun, hostileRun], sysv)).toEqual({ outcome: 'pass' });
});

test('what is ignored after the hostile start alone was inherited', () => {
  expect(judgementOf(ignoredSignals, [cleanRun, hostile(ignoring(rightDaemon, 'SIGUSR1'))], sysv)).toEqual(
    found,
  );
});

test('what the daemon ignores by its own choice passes', () => {
  const chosen = [clean(ignoring(rightDaemon, 'SIGUSR1')), hostile(ignoring(rightDaemon, 'SIGUSR1'))];
  expect(judgementOf(ignoredSignals, chosen, sysv)).toEqual({ outcome: 'pass' });
});

test('a worker is judged too', () => {
  const worker = ignoring(rightWorker, 'SIGUSR1');
  expect(
    judgementOf(ignoredSignals, [clean(rightDaemon, rightWorker), hostile(rightDaemon, worker)], sysv),
  ).toEqual(found);
});

test.each(['SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGTERM'])('%s counts', (signal) => {
  expect(judgementOf(ignoredSignals, [cleanRun, hostile(ignoring(rightDaemon, signal))], sysv)).toEqual({
    ...found,
    actual: `ignores ${signal}`,
  });
});

test.each(['SIGCHLD', 'SIGPIPE', 'SIGTTIN', 'SIGHUP'])('%s has a requirement of its own', (signal) => {
  expect(judgementOf(ignoredSignals, [cleanRun, hostile(ignoring(rightDaemon, signal))], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('a pass means nothing if nothing was ignored', () => {
  expect(judgementOf(ignoredSignals, [cleanRun, { ...hostileRun, established: {} }], sysv)).toMatchObject({
    outcome: 'inconclusive',
  });
});

test('what one worker of several ignores after the clean start is the choice of that program', () => {
  const worker = ignoring(rightWorker, 'SIGUSR1');
  const runs = [clean(rightDaemon, rightWorker, worker), hostile(rightDaemon, worker)];
  expect(judgementOf(ignoredSignals, runs, sysv)).toEqual({ outcome: 'pass' });
});
