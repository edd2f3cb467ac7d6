import { expect, test } from 'vitest';
import type { ObservedProcess, Run } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { signalMask } from './signal-mask.ts';

const { sysv } = profiles;
const blocking = (process: ObservedProcess, ...blocked: string[]): ObservedProcess => ({
  ...process,
  signals: { blocked, ignored: [], caught: [], pending: [] },
});
const threadBlocking = (process: ObservedProcess, ...blocked: string[]): ObservedProcess => ({
  ...process,
  threadFacts: [
    { tid: 302, blocked: [], fileModeCreationMask: '0000', workingDirectory: '/' },
    { tid: 305, blocked, fileModeCreationMask: '0000', workingDirectory: '/' },
  ],
});
const clean = (...processes: ObservedProcess[]): Run => ({ ...cleanRun, processes });
const hostile = (...processes: ObservedProcess[]): Run => ({ ...hostileRun, processes });
const expected = 'the signal mask is the same as after the clean start';

test('an empty mask passes', () => {
  expect(judgementOf(signalMask, [cleanRun, hostileRun], sysv)).toEqual({ outcome: 'pass' });
});

test('a mask of the daemon’s own passes', () => {
  const own = [clean(blocking(rightDaemon, 'SIGUSR2')), hostile(blocking(rightDaemon, 'SIGUSR2'))];
  expect(judgementOf(signalMask, own, sysv)).toEqual({ outcome: 'pass' });
});

test('signals blocked after the hostile start alone were inherited', () => {
  const inherited = hostile(blocking(rightDaemon, 'SIGUSR2', 'SIGTERM'));
  expect(judgementOf(signalMask, [clean(blocking(rightDaemon, 'SIGUSR2')), inherited], sysv)).toEqual({
    outcome: 'fail',
    expected,
    actual: 'blocks SIGTERM',
  });
});

test('every thread counts', () => {
  const inherited = hostile(threadBlocking(rightDaemon, 'SIGTERM'));
  expect(judgementOf(signalMask, [cleanRun, inherited], sysv)).toEqual({
    outcome: 'fail',
    expected,
    actual: 'blocks SIGTERM in thread 305',
  });
  expect(judgementOf(signalMask, [clean(threadBlocking(rightDaemon, 'SIGTERM')), inherited], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('what the main thread blocks is said of the process', () => {
  const main = { ...threadBlocking(blocking(rightDaemon, 'SIGTERM'), 'SIGTERM') };
  expect(judgementOf(signalMask, [cleanRun, hostile(main)], sysv)).toMatchObject({
    actual: 'blocks SIGTERM',
  });
});

test('a worker is compared with workers', () => {
  const worker = blocking(rightWorker, 'SIGTERM');
  expect(
    judgementOf(signalMask, [clean(rightDaemon, rightWorker), hostile(rightDaemon, worker)], sysv),
  ).toMatchObject({ outcome: 'fail', actual: 'blocks SIGTERM' });
  expect(judgementOf(signalMask, [clean(rightDaemon, worker), hostile(rightDaemon, worker)], sysv)).toEqual({
    outcome: 'pass',
  });
  expect(
    judgementOf(
      signalMask,
      [clean(rightDaemon, worker), hostile(blocking(rightDaemon, 'SIGTERM'), worker)],
      sysv,
    ),
  ).toMatchObject({ outcome: 'fail' });
});

test('a pass means nothing if nothing was blocked', () => {
  expect(judgementOf(signalMask, [cleanRun, { ...hostileRun, established: {} }], sysv)).toMatchObject({
    outcome: 'inconclusive',
  });
});
