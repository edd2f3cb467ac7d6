import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { unreachableDirectory } from './unreachable-directory.ts';

const failed = {
  kind: 'started' as const,
  foreground: false,
  start: { ending: 'exit status 1', said: 'chdir: ENOENT', left: [] },
  pidfile: null,
};

test('a start that fails aloud passes', () => {
  expect(judgementOfProbe(unreachableDirectory, failed)).toEqual({ outcome: 'pass' });
});

test('one that goes on fails', () => {
  const start = { ending: 'exit status 0', said: '', left: [{ pid: 302, name: 'exampled' }] };
  expect(judgementOfProbe(unreachableDirectory, { ...failed, start })).toEqual({
    outcome: 'fail',
    expected: 'a status other than 0, a message, and nothing left',
    actual: 'exit status 0; nothing is said; there is still process 302 (exampled)',
    evidence: ['with a directory that does not exist: exit status 0'],
  });
});
