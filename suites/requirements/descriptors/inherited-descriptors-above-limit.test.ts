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
import { inheritedDescriptorsAboveLimit } from './inherited-descriptors-above-limit.ts';

const { sysv } = profiles;
const planted = (fd: number, name: string): Descriptor => ({
  ...nullDescriptor,
  fd,
  kind: 'pipe',
  planted: name,
});
const holding = (...descriptors: Descriptor[]) => ({
  ...hostileRun,
  processes: [{ ...rightDaemon, descriptors }],
});

test('a daemon that has closed it passes', () => {
  expect(judgementOf(inheritedDescriptorsAboveLimit, [hostileRun], sysv)).toEqual({ outcome: 'pass' });
});

test('an inherited descriptor above the soft limit fails', () => {
  expect(
    judgementOf(inheritedDescriptorsAboveLimit, [holding(planted(900, 'pipe-above-limit'))], sysv),
  ).toEqual({
    outcome: 'fail',
    expected: 'no planted descriptor above the soft limit of 256 is open',
    actual: '900 (pipe-above-limit)',
  });
});

test('the first descriptor that the limit forbids is above it, the last that it allows is not', () => {
  const run = holding(planted(23, 'socket'));
  const limited = (softDescriptorLimit: number) => ({
    ...run,
    launch: { ...run.launch, softDescriptorLimit },
  });
  expect(judgementOf(inheritedDescriptorsAboveLimit, [limited(23)], sysv)).toMatchObject({ outcome: 'fail' });
  expect(judgementOf(inheritedDescriptorsAboveLimit, [limited(24)], sysv)).toEqual({ outcome: 'pass' });
});

test('what was below the soft limit is left to inherited-descriptors', () => {
  expect(judgementOf(inheritedDescriptorsAboveLimit, [holding(planted(900, 'pipe'))], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('only a hostile start plants descriptors', () => {
  expect(judgementOf(inheritedDescriptorsAboveLimit, [cleanRun], sysv)).toMatchObject({
    outcome: 'inapplicable',
  });
});

test.each(['planted-descriptors', 'soft-descriptor-limit'] as const)(
  'a pass means nothing without %s',
  (dimension) => {
    const { [dimension]: _, ...established } = hostileRun.established;
    expect(judgementOf(inheritedDescriptorsAboveLimit, [{ ...hostileRun, established }], sysv)).toMatchObject(
      {
        outcome: 'inconclusive',
      },
    );
  },
);

test('a worker is judged too', () => {
  const worker = { ...rightWorker, descriptors: [planted(900, 'pipe-above-limit')] };
  const run = { ...hostileRun, processes: [rightDaemon, worker] };
  expect(judgementOf(inheritedDescriptorsAboveLimit, [run], sysv)).toMatchObject({ outcome: 'fail' });
});
