import { expect, test } from 'vitest';
import type { ObservedProcess } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import type { Policy } from '../../../harness/judge/profile.ts';
import { profiles } from '../../profiles/index.ts';
import { inspectionOf, judgementOf } from '../judgement-of.ts';
import { workingDirectory } from './working-directory.ts';

const { sysv, classic } = profiles;
const daemon = (change: Partial<ObservedProcess>) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, ...change }],
});
const under = (policy: Policy['workingDirectory']) => ({
  ...sysv,
  policy: { ...sysv.policy, workingDirectory: policy },
});

test('/ passes', () => {
  expect(judgementOf(workingDirectory, [cleanRun, hostileRun], sysv)).toEqual({ outcome: 'pass' });
});

test('the directory it was started in fails', () => {
  expect(judgementOf(workingDirectory, [daemon({ workingDirectory: '/home/ann' })], sysv)).toEqual({
    outcome: 'fail',
    expected: '/',
    actual: '/home/ann',
  });
});

test('the classic recipe knows /tmp as well', () => {
  const inTmp = daemon({ workingDirectory: '/tmp' });
  expect(judgementOf(workingDirectory, [inTmp], classic)).toEqual({ outcome: 'pass' });
  expect(judgementOf(workingDirectory, [inTmp], sysv)).toMatchObject({ outcome: 'fail', actual: '/tmp' });
  expect(judgementOf(workingDirectory, [daemon({ workingDirectory: '/tmp/x' })], classic)).toMatchObject({
    outcome: 'fail',
    expected: '/ or /tmp',
  });
});

test('a removed directory fails under its old name', () => {
  const run = daemon({ workingDirectory: '/', workingDirectoryRemoved: true });
  expect(judgementOf(workingDirectory, [run], sysv)).toEqual({
    outcome: 'fail',
    expected: '/',
    actual: '/, which has been removed',
  });
});

test('the root of a chroot is / to the daemon', () => {
  const jailed = (directory: string) =>
    daemon({ rootDirectory: '/srv/jail', workingDirectory: directory, threadFacts: [] });
  expect(judgementOf(workingDirectory, [jailed('/srv/jail')], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(workingDirectory, [jailed('/srv/jail/var')], sysv)).toMatchObject({ actual: '/var' });
  expect(judgementOf(workingDirectory, [jailed('/srv/jailed')], sysv)).toMatchObject({
    actual: '/srv/jailed',
  });
});

test('a thread with a directory of its own fails', () => {
  const other = { tid: 305, blocked: [], fileModeCreationMask: '0000' };
  const threaded = (directory: string | null) =>
    daemon({ threadFacts: [{ ...other, workingDirectory: directory }] });
  expect(judgementOf(workingDirectory, [threaded('/home/ann')], sysv)).toEqual({
    outcome: 'fail',
    expected: '/',
    actual: '/home/ann in thread 305',
  });
  expect(judgementOf(workingDirectory, [threaded('/')], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(workingDirectory, [threaded(null)], sysv)).toEqual({ outcome: 'pass' });
});

test('a policy may accept every directory but the one it was started in', () => {
  const policy = under({ kind: 'not-launch-directory' });
  expect(judgementOf(workingDirectory, [daemon({ workingDirectory: '/var' })], policy)).toEqual({
    outcome: 'pass',
  });
  const stayed = daemon({ workingDirectory: '/home/ann' });
  expect(judgementOf(workingDirectory, [stayed], policy)).toEqual({
    outcome: 'fail',
    expected: 'another directory than /home/ann',
    actual: '/home/ann',
  });
  expect(inspectionOf(workingDirectory, stayed, policy)).toMatchObject({ outcome: 'inapplicable' });
  expect(inspectionOf(workingDirectory, stayed, sysv)).toMatchObject({ outcome: 'fail' });
});

test('a policy may accept any directory', () => {
  expect(judgementOf(workingDirectory, [cleanRun], under({ kind: 'any' }))).toEqual({
    outcome: 'inapplicable',
    because: 'the policy accepts any directory',
  });
});

test('a pass means nothing if the hostile start was not in another directory', () => {
  const run = { ...hostileRun, established: {} };
  expect(judgementOf(workingDirectory, [run], sysv)).toMatchObject({ outcome: 'inconclusive' });
});
