import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { inheritedLock } from './inherited-lock.ts';

const free = { name: 'flock', held: false, holders: [] } as const;

test('locks that can be taken pass', () => {
  expect(judgementOfProbe(inheritedLock, { kind: 'locks', locks: [free] })).toEqual({ outcome: 'pass' });
});

test('a lock that is held fails', () => {
  const held = {
    name: 'open-file-description',
    held: true,
    holders: [{ pid: 302, name: 'exampled', descriptors: [1, 2], listing: 'ls -l /proc/302/fd' }],
  } as const;
  expect(judgementOfProbe(inheritedLock, { kind: 'locks', locks: [free, held] })).toEqual({
    outcome: 'fail',
    expected: 'every lock can be taken anew',
    actual: 'still held: open-file-description',
    evidence: ['process 302 (exampled) has it open as 1, 2: ls -l /proc/302/fd'],
  });
});
