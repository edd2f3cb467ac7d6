import { expect, test } from 'vitest';
import type { Descriptor } from '../../../harness/facts/process.ts';
import { cleanRun, nullDescriptor, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { workerDescriptors } from './worker-descriptors.ts';

const socket: Descriptor = {
  ...nullDescriptor,
  fd: 5,
  target: 'socket:[9]',
  kind: 'socket',
  identity: '8:9',
};
const daemon = {
  ...rightDaemon,
  descriptors: [...[0, 1, 2].map((fd) => ({ ...nullDescriptor, fd })), socket],
};
const hook = { ...rightWorker, executable: '/bin/hook' };
const judge = (...processes: (typeof rightDaemon)[]) =>
  judgementOf(workerDescriptors, [{ ...cleanRun, processes }], profiles.sysv);

test('a program that has only 0, 1 and 2, or files of its own, passes', () => {
  expect(judge(daemon, hook)).toEqual({ outcome: 'pass' });
  const own = { ...socket, identity: '8:10' };
  expect(judge(daemon, { ...hook, descriptors: [own] })).toEqual({ outcome: 'pass' });
});

test.each<[string, Descriptor, string]>([
  ['what the daemon has', socket, '5 -> socket:[9]'],
  ['what was planted', { ...socket, identity: '8:11', planted: 'pipe' }, '5 -> socket:[9]'],
])('one that has %s fails', (_, descriptor, actual) => {
  expect(judge(daemon, { ...hook, descriptors: [descriptor] })).toEqual({
    outcome: 'fail',
    expected: 'it has none of the descriptors of the daemon but 0, 1 and 2',
    actual,
    shownBy: [{ pid: 303, facts: ['descriptors'] }],
  });
});

test('a worker that was only forked shares what it may', () => {
  expect(judge(daemon, { ...rightWorker, descriptors: [socket] })).toEqual({
    outcome: 'inapplicable',
    because: 'it runs no other program',
  });
});
