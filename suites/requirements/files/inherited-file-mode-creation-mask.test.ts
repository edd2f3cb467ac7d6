import { expect, test } from 'vitest';
import type { Run } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { inheritedFileModeCreationMask } from './inherited-file-mode-creation-mask.ts';

const { sysv } = profiles;
const masked = (run: Run, fileModeCreationMask: string): Run => ({
  ...run,
  processes: [{ ...rightDaemon, fileModeCreationMask }],
});

test('the same mask after both starts passes, whatever it is', () => {
  expect(judgementOf(inheritedFileModeCreationMask, [cleanRun, hostileRun], sysv)).toEqual({
    outcome: 'pass',
  });
  const fixed = [masked(cleanRun, '0022'), masked(hostileRun, '0022')];
  expect(judgementOf(inheritedFileModeCreationMask, fixed, sysv)).toEqual({ outcome: 'pass' });
});

test('a mask that differs was inherited', () => {
  const inherited = [masked(cleanRun, '0022'), masked(hostileRun, '0053')];
  expect(judgementOf(inheritedFileModeCreationMask, inherited, sysv)).toEqual({
    outcome: 'fail',
    expected: '0022, as after the clean start',
    actual: '0053',
  });
});

test('it takes both starts', () => {
  expect(judgementOf(inheritedFileModeCreationMask, [hostileRun], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'it compares the hostile start with the clean one: --start clean,hostile shows it',
  });
  expect(judgementOf(inheritedFileModeCreationMask, [cleanRun], sysv)).toMatchObject({
    outcome: 'inapplicable',
  });
});

test('a pass means nothing if the hostile start did not set its mask', () => {
  const unset = { ...hostileRun, established: {} };
  expect(judgementOf(inheritedFileModeCreationMask, [cleanRun, unset], sysv)).toMatchObject({
    outcome: 'inconclusive',
  });
});

test('a worker may have any mask', () => {
  const worker = (fileModeCreationMask: string) => ({ ...rightWorker, fileModeCreationMask });
  const runs = [
    { ...cleanRun, processes: [rightDaemon, worker('0022')] },
    { ...hostileRun, processes: [rightDaemon, worker('0053')] },
  ];
  expect(judgementOf(inheritedFileModeCreationMask, runs, sysv)).toEqual({ outcome: 'pass' });
});
