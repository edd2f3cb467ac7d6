import { expect, test } from 'vitest';
import type { ObservedProcess } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import type { Policy } from '../../../harness/judge/profile.ts';
import { profiles } from '../../profiles/index.ts';
import { inspectionOf, judgementOf } from '../judgement-of.ts';
import { fileModeCreationMask } from './file-mode-creation-mask.ts';

const { sysv } = profiles;
const glibc = profiles['daemon3-glibc'];
const daemon = (change: Partial<ObservedProcess>) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, ...change }],
});
const masked = (mask: string) => daemon({ fileModeCreationMask: mask });
const under = (policy: Policy['fileModeCreationMask']) => ({
  ...sysv,
  policy: { ...sysv.policy, fileModeCreationMask: policy },
});

test('the exact mask passes, another fails', () => {
  expect(judgementOf(fileModeCreationMask, [cleanRun, hostileRun], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(fileModeCreationMask, [masked('0022')], sysv)).toEqual({
    outcome: 'fail',
    expected: '0000',
    actual: '0022',
  });
  const exact = under({ kind: 'exact', mask: 0o027 });
  expect(judgementOf(fileModeCreationMask, [masked('0027')], exact)).toEqual({ outcome: 'pass' });
  expect(judgementOf(fileModeCreationMask, [masked('0023')], exact)).toMatchObject({ expected: '0027' });
});

test('at most a mask accepts its subsets', () => {
  const atMost = under({ kind: 'at-most', mask: 0o027 });
  for (const mask of ['0000', '0022', '0027']) {
    expect(judgementOf(fileModeCreationMask, [masked(mask)], atMost)).toEqual({ outcome: 'pass' });
  }
  expect(judgementOf(fileModeCreationMask, [masked('0077')], atMost)).toEqual({
    outcome: 'fail',
    expected: 'no bit outside 0027',
    actual: '0077',
  });
});

test('daemon(3) leaves the mask as it was', () => {
  expect(judgementOf(fileModeCreationMask, [masked('0022')], glibc)).toEqual({ outcome: 'pass' });
  expect(judgementOf(fileModeCreationMask, [masked('0000')], glibc)).toEqual({
    outcome: 'fail',
    expected: '0022, as it was started with',
    actual: '0000',
  });
  expect(inspectionOf(fileModeCreationMask, masked('0000'), glibc)).toMatchObject({
    outcome: 'inapplicable',
  });
  expect(inspectionOf(fileModeCreationMask, masked('0022'), sysv)).toMatchObject({ outcome: 'fail' });
});

test('a policy may accept any mask', () => {
  expect(judgementOf(fileModeCreationMask, [masked('0777')], under({ kind: 'any' }))).toEqual({
    outcome: 'inapplicable',
    because: 'the policy accepts any mask',
  });
});

test('a thread with a mask of its own fails', () => {
  const other = { tid: 305, blocked: [], workingDirectory: '/' };
  const threaded = (mask: string | null) =>
    daemon({ threadFacts: [{ ...other, fileModeCreationMask: mask }] });
  expect(judgementOf(fileModeCreationMask, [threaded('0022')], sysv)).toEqual({
    outcome: 'fail',
    expected: '0000',
    actual: '0022 in thread 305',
  });
  expect(judgementOf(fileModeCreationMask, [threaded('0000')], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(fileModeCreationMask, [threaded(null)], sysv)).toEqual({ outcome: 'pass' });
});

test('a pass means nothing if the hostile start did not set its mask', () => {
  const run = { ...hostileRun, established: {} };
  expect(judgementOf(fileModeCreationMask, [run], sysv)).toMatchObject({ outcome: 'inconclusive' });
});
