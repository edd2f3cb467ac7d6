import { expect, test } from 'vitest';
import type { Findings, Start } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { stalePidfile } from './stale-pidfile.ts';

type StaleStarts = Findings['stale-pidfile'];

const started: Start = { ending: 'exit status 0', said: '', left: [{ pid: 302, name: 'exampled' }] };
const refused: Start = { ending: 'exit status 1', said: 'already running', left: [] };
const starts = (gone: Start, another: Start, signals: readonly string[]): StaleStarts => ({
  kind: 'stale-starts',
  path: '/run/exampled.pid',
  starts: [
    { named: 'gone', pid: 201, start: gone, signals: [] },
    { named: 'another', pid: 202, start: another, signals },
  ],
});

test('a start that sees through both passes', () => {
  expect(judgementOfProbe(stalePidfile, starts(started, started, []))).toEqual({ outcome: 'pass' });
});

test.each([
  [
    starts(refused, started, []),
    'with the number of a process that is gone it does not start: exit status 1 ("already running")',
  ],
  [
    starts(started, refused, []),
    'with the number of another process it does not start: exit status 1 ("already running")',
  ],
  [starts(started, started, ['SIGTERM']), 'it sent another process SIGTERM'],
  [
    starts(started, { ...started, left: [] }, []),
    'with the number of another process it does not start: exit status 0',
  ],
])('%# fails', (found, actual) => {
  expect(judgementOfProbe(stalePidfile, found)).toEqual({
    outcome: 'fail',
    expected: 'it starts although /run/exampled.pid is there, and signals nobody',
    actual,
    evidence: ['echo $$ >/run/exampled.pid, and start it'],
  });
});
