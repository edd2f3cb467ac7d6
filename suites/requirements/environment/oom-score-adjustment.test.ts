import { expect, test } from 'vitest';
import { hostileRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { oomScoreAdjustment } from './oom-score-adjustment.ts';

const { sysv } = profiles;

test('another adjustment than the planted one passes', () => {
  expect(judgementOf(oomScoreAdjustment, [hostileRun], sysv)).toEqual({ outcome: 'pass' });
});

test('the planted adjustment fails', () => {
  const run = { ...hostileRun, processes: [{ ...rightDaemon, oomScoreAdjustment: 500 }] };
  expect(judgementOf(oomScoreAdjustment, [run], sysv)).toEqual({
    outcome: 'fail',
    expected: 'not 500, with which it was started',
    actual: '500',
  });
});

test('a pass means nothing if none was planted', () => {
  expect(judgementOf(oomScoreAdjustment, [{ ...hostileRun, established: {} }], sysv)).toMatchObject({
    outcome: 'inconclusive',
  });
});
