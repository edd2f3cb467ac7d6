import { expect, test } from 'vitest';
import type { Descriptor } from '../../../harness/facts/process.ts';
import { cleanRun, closedRun, nullDescriptor, rightDaemon } from '../../../harness/judge/example-run.ts';
import type { Policy } from '../../../harness/judge/profile.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { standardStreams } from './standard-streams.ts';

const { sysv } = profiles;
const expected = '0, 1 and 2 on the null device, 0 for reading, 1 and 2 for writing';
const onNull = (fd: number, access: Descriptor['access'] = 'read-write'): Descriptor => ({
  ...nullDescriptor,
  fd,
  access,
});
const onFile = (fd: number, target: string): Descriptor => ({
  ...nullDescriptor,
  fd,
  target,
  kind: 'file',
  access: fd === 0 ? 'read' : 'write',
});
const holding = (...descriptors: Descriptor[]) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, descriptors }],
});
const under = (policy: Policy['standardStreams']) => ({
  ...sysv,
  policy: { ...sysv.policy, standardStreams: policy },
});

test('the null device passes, opened for both directions or for the right one', () => {
  expect(judgementOf(standardStreams, [cleanRun], sysv)).toEqual({ outcome: 'pass' });
  const directed = holding(onNull(0, 'read'), onNull(1, 'write'), onNull(2, 'write'));
  expect(judgementOf(standardStreams, [directed], sysv)).toEqual({ outcome: 'pass' });
});

test.each<[string, Descriptor[]]>([
  ['0 closed, 1 closed, 2 closed', []],
  ['1 closed', [onNull(0), onNull(2)]],
  ['0 on /dev/pts/4', [{ ...onNull(0), target: '/dev/pts/4', kind: 'terminal' }, onNull(1), onNull(2)]],
  ['1 on /dev/null', [onNull(0), { ...onNull(1), kind: 'file' }, onNull(2)]],
  ['2 on /var/log/exampled', [onNull(0), onNull(1), onFile(2, '/var/log/exampled')]],
  ['0 on /dev/null not for reading', [onNull(0, 'write'), onNull(1), onNull(2)]],
  ['1 on /dev/null not for writing', [onNull(0), onNull(1, 'read'), onNull(2)]],
  ['2 on /dev/null not for writing', [onNull(0), onNull(1), onNull(2, 'path')]],
])('it fails with %s', (actual, descriptors) => {
  expect(judgementOf(standardStreams, [holding(...descriptors)], sysv)).toEqual({
    outcome: 'fail',
    expected,
    actual,
  });
});

test('a declared sink may take 1 and 2, and not 0', () => {
  const sink = under({ kind: 'sink', path: '/var/log/exampled' });
  const logging = holding(onNull(0), onFile(1, '/var/log/exampled'), onNull(2));
  expect(judgementOf(standardStreams, [logging], sink)).toEqual({ outcome: 'pass' });
  const reading = holding(onFile(0, '/var/log/exampled'), onNull(1), onNull(2));
  expect(judgementOf(standardStreams, [reading], sink)).toEqual({
    outcome: 'fail',
    expected: '0 on the null device for reading, 1 and 2 on it or on /var/log/exampled for writing',
    actual: '0 on /var/log/exampled',
  });
  const elsewhere = holding(onNull(0), onNull(1), onFile(2, '/tmp/other'));
  expect(judgementOf(standardStreams, [elsewhere], sink)).toMatchObject({ actual: '2 on /tmp/other' });
});

test('where any stream will do, they are still open and in the right direction', () => {
  const any = under({ kind: 'any' });
  const files = holding(onFile(0, '/a'), onFile(1, '/b'), onFile(2, '/c'));
  expect(judgementOf(standardStreams, [files], any)).toEqual({ outcome: 'pass' });
  expect(judgementOf(standardStreams, [holding(onNull(0), onNull(1))], any)).toEqual({
    outcome: 'fail',
    expected: '0, 1 and 2 open, 0 for reading, 1 and 2 for writing',
    actual: '2 closed',
  });
});

test('an unknown access mode is inconclusive, and no excuse for another fault', () => {
  const unknown = holding(onNull(0, 'unknown'), onNull(1, 'unknown'), onNull(2));
  expect(judgementOf(standardStreams, [unknown], sysv)).toEqual({
    outcome: 'inconclusive',
    because: 'it is not known whether 0, 1 may be read or written',
  });
  const worse = holding(onNull(0, 'unknown'), onNull(1));
  expect(judgementOf(standardStreams, [worse], sysv)).toMatchObject({ actual: '2 closed' });
});

test('after a closed start, closed-standard-streams judges them', () => {
  expect(judgementOf(standardStreams, [closedRun], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'no run shows it',
  });
});

test('a pass means nothing if the program was not given the streams', () => {
  const established = { 'standard-streams': { established: false, because: '1 closed' } } as const;
  expect(judgementOf(standardStreams, [{ ...cleanRun, established }], sysv)).toMatchObject({
    outcome: 'inconclusive',
  });
});
