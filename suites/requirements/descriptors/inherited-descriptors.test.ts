import { expect, test } from 'vitest';
import type { Descriptor } from '../../../harness/facts/process.ts';
import {
  cleanRun,
  hostileRun,
  nullDescriptor,
  rightDaemon,
  rightWorker,
} from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { inheritedDescriptors } from './inherited-descriptors.ts';

const { sysv } = profiles;
const planted = (fd: number, name: string): Descriptor => ({
  ...nullDescriptor,
  fd,
  kind: 'file',
  planted: name,
});
const holding = (...descriptors: Descriptor[]) => ({
  ...hostileRun,
  processes: [{ ...rightDaemon, descriptors: [nullDescriptor, ...descriptors] }],
});

test('a daemon that has closed them passes, whatever it has opened itself', () => {
  expect(judgementOf(inheritedDescriptors, [hostileRun], sysv)).toEqual({ outcome: 'pass' });
  const own = { ...nullDescriptor, fd: 17, kind: 'socket' as const };
  expect(judgementOf(inheritedDescriptors, [holding(own)], sysv)).toEqual({ outcome: 'pass' });
});

test('an inherited descriptor fails, also under another number', () => {
  const run = holding(planted(5, 'pipe'), planted(17, 'locked-file'));
  expect(judgementOf(inheritedDescriptors, [run], sysv)).toEqual({
    outcome: 'fail',
    expected: 'no planted descriptor is open',
    actual: '5 (pipe), 17 (locked-file)',
  });
});

test('a worker is judged too', () => {
  const worker = { ...rightWorker, descriptors: [planted(23, 'socket')] };
  expect(
    judgementOf(inheritedDescriptors, [{ ...hostileRun, processes: [rightDaemon, worker] }], sysv),
  ).toMatchObject({ outcome: 'fail', actual: '23 (socket)' });
});

test('what was above the soft limit is left to inherited-descriptors-above-limit', () => {
  expect(judgementOf(inheritedDescriptors, [holding(planted(900, 'pipe-above-limit'))], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('without a limit nothing is above it', () => {
  const run = holding(planted(900, 'pipe-above-limit'));
  const unlimited = { ...run, launch: { ...run.launch, softDescriptorLimit: 'unlimited' as const } };
  expect(judgementOf(inheritedDescriptors, [unlimited], sysv)).toMatchObject({ outcome: 'fail' });
});

test('only a hostile start plants descriptors', () => {
  expect(judgementOf(inheritedDescriptors, [cleanRun], sysv)).toMatchObject({ outcome: 'inapplicable' });
});

test('a pass means nothing if they were not planted', () => {
  expect(judgementOf(inheritedDescriptors, [{ ...hostileRun, established: {} }], sysv)).toMatchObject({
    outcome: 'inconclusive',
  });
});
