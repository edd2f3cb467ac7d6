import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { plantedPidfile } from './planted-pidfile.ts';

type Plantings = Findings['planted-pidfile'];

const refused = { ending: 'exit status 1', said: 'not a regular file', left: [] };
const replaced = { ending: 'exit status 0', said: '', left: [{ pid: 302, name: 'exampled' }] };
const planted = (
  symbolicLink: Plantings['plantings'][number]['changed'],
  fifo: string | null,
): Plantings => ({
  kind: 'plantings',
  path: '/run/exampled.pid',
  plantings: [
    { planted: 'symbolic link', changed: symbolicLink, start: refused },
    { planted: 'hard link', changed: [], start: replaced },
    { planted: 'fifo', changed: [], start: { ...refused, ending: fifo } },
  ],
});

test('refused or replaced, what it leads to stays as it was', () => {
  expect(judgementOfProbe(plantedPidfile, planted([], 'exit status 1'))).toEqual({ outcome: 'pass' });
});

test('what is written through a link or waits at a fifo fails', () => {
  expect(judgementOfProbe(plantedPidfile, planted(['its content', 'its mode'], null))).toEqual({
    outcome: 'fail',
    expected: 'what stands in the place of /run/exampled.pid is replaced or refused',
    actual: 'through a symbolic link it changed its content, its mode; at a fifo its starter waits for ever',
    evidence: ['ln FILE /run/exampled.pid, start it, and compare FILE'],
  });
});
