import { expect, test } from 'vitest';
import { nullDescriptor, supervisedRun } from '../../../harness/judge/example-run.ts';
import type { Descriptor } from '../../../harness/observe/facts.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { keptStandardStreams } from './kept-standard-streams.ts';

const { supervised } = profiles;
const pipe = (fd: number): Descriptor => ({ ...nullDescriptor, fd, kind: 'pipe', target: 'pipe:[71]' });
const holding = (...descriptors: Descriptor[]) => ({
  ...supervisedRun,
  processes: supervisedRun.processes.map((each) => ({ ...each, descriptors })),
});

test('the pipes it was given pass, and so does a socket', () => {
  expect(judgementOf(keptStandardStreams, [supervisedRun], supervised)).toEqual({ outcome: 'pass' });
  const sockets = holding({ ...pipe(1), kind: 'socket' }, pipe(2));
  expect(judgementOf(keptStandardStreams, [sockets], supervised)).toEqual({ outcome: 'pass' });
});

test.each<[string, Descriptor[]]>([
  ['1 on /dev/null', [{ ...nullDescriptor, fd: 1 }, pipe(2)]],
  ['2 on /var/log/exampled', [pipe(1), { ...pipe(2), kind: 'file', target: '/var/log/exampled' }]],
  ['2 closed', [pipe(1)]],
])('it fails with %s', (actual, descriptors) => {
  expect(judgementOf(keptStandardStreams, [holding(...descriptors)], supervised)).toEqual({
    outcome: 'fail',
    expected: '1 and 2 on the pipes it was started with',
    actual,
  });
});

test('it shows only where output is captured', () => {
  const run = { ...holding({ ...nullDescriptor, fd: 1 }), start: 'clean' as const };
  expect(judgementOf(keptStandardStreams, [run], supervised)).toMatchObject({ outcome: 'inapplicable' });
});
