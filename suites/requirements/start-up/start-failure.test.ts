import { expect, test } from 'vitest';
import type { Start } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { startFailure } from './start-failure.ts';

const failed: Start = { ending: 'exit status 1', said: 'no such file', left: [] };
const found = (start: Partial<Start>, pidfile: boolean | null = null) => ({
  kind: 'started' as const,
  foreground: false,
  start: { ...failed, ...start },
  pidfile,
});

test.each([
  [{}, null],
  [{ ending: 'SIGABRT' }, false],
])('%j with a message and nothing left passes', (start, pidfile) => {
  expect(judgementOfProbe(startFailure, found(start, pidfile))).toEqual({ outcome: 'pass' });
});

test.each<[Partial<Start>, boolean | null, string]>([
  [{ ending: 'exit status 0' }, null, 'exit status 0'],
  [{ ending: null }, null, 'the starter does not return'],
  [{ said: '' }, null, 'nothing is said'],
  [{ left: [{ pid: 302, name: 'exampled' }] }, null, 'there is still process 302 (exampled)'],
  [{}, true, 'a pidfile is left'],
])('%j, pidfile %j, fails', (start, pidfile, actual) => {
  expect(judgementOfProbe(startFailure, found(start, pidfile))).toMatchObject({
    outcome: 'fail',
    expected: 'a status other than 0, a message, and nothing left',
    actual,
  });
});

test('what it said is evidence', () => {
  expect(judgementOfProbe(startFailure, found({ ending: 'exit status 0' }))).toMatchObject({
    evidence: ['with the arguments that are declared to fail: exit status 0 ("no such file")'],
  });
});
