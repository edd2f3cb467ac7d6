import { expect, test } from 'vitest';
import type { Descriptor } from '../../../harness/facts/process.ts';
import { nullDescriptor, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { keptStandardStreams } from './kept-standard-streams.ts';

const { supervised } = profiles;
const pipe = (fd: number): Descriptor => ({
  ...nullDescriptor,
  fd,
  kind: 'pipe',
  target: `pipe:[7${fd}]`,
  identity: `9:7${fd}`,
});
const holding = (...descriptors: Descriptor[]) => ({
  ...supervisedRun,
  processes: supervisedRun.processes.map((each) => ({ ...each, descriptors })),
});

test('the socket it was given passes, and so do pipes', () => {
  expect(judgementOf(keptStandardStreams, [supervisedRun], supervised)).toEqual({ outcome: 'pass' });
  expect(judgementOf(keptStandardStreams, [holding(pipe(1), pipe(2))], supervised)).toEqual({
    outcome: 'pass',
  });
});

test('a pipe of its own fails', () => {
  const { launch, ...run } = holding(pipe(1), { ...pipe(2), identity: '9:80' });
  const captured = { 1: '9:71', 2: '9:72' };
  expect(
    judgementOf(keptStandardStreams, [{ ...run, launch: { ...launch, captured } }], supervised),
  ).toMatchObject({
    outcome: 'fail',
    actual: '2 on another pipe',
  });
});

test.each<[string, Descriptor[]]>([
  ['1 on /dev/null', [{ ...nullDescriptor, fd: 1 }, pipe(2)]],
  ['2 on /var/log/exampled', [pipe(1), { ...pipe(2), kind: 'file', target: '/var/log/exampled' }]],
  ['2 closed', [pipe(1)]],
])('it fails with %s', (actual, descriptors) => {
  expect(judgementOf(keptStandardStreams, [holding(...descriptors)], supervised)).toEqual({
    outcome: 'fail',
    expected: '1 and 2 on what captures its output',
    actual,
  });
});

test('it shows only where output is captured', () => {
  const run = { ...holding({ ...nullDescriptor, fd: 1 }), start: 'clean' as const };
  expect(judgementOf(keptStandardStreams, [run], supervised)).toMatchObject({ outcome: 'inapplicable' });
});
