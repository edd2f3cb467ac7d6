import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { pinnedFilesystem } from './pinned-filesystem.ts';

const free = {
  kind: 'pins' as const,
  directory: '/tmp/launch/directory',
  pins: [],
  unmounted: null,
};
const pins = [
  { pid: 302, name: 'exampled', what: 'cwd', evidence: 'procstat -f 302, FD cwd: /tmp/launch/directory' },
];

test('what was unmounted passes, and what nothing leads to', () => {
  expect(judgementOfProbe(pinnedFilesystem, free)).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(pinnedFilesystem, { ...free, unmounted: 'untried' })).toEqual({ outcome: 'pass' });
});

test.each([
  ['EBUSY', pins, 'umount: EBUSY, in use by process 302 (exampled) by its cwd'],
  ['EBUSY', [], 'umount: EBUSY'],
  ['untried', pins, 'it is in use: process 302 (exampled) by its cwd'],
])('%s with %j fails', (unmounted, by, actual) => {
  expect(judgementOfProbe(pinnedFilesystem, { ...free, unmounted, pins: by })).toEqual({
    outcome: 'fail',
    expected: 'nothing keeps /tmp/launch/directory busy',
    actual,
    evidence: by.map(({ evidence }) => evidence),
  });
});
