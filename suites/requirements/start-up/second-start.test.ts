import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { secondStart } from './second-start.ts';

type SecondStart = Findings['second-start'];

const seen = { kind: 'file' as const, text: '302\n', mode: '0644', userId: 0, identity: '8:1' };
const refused: SecondStart = {
  kind: 'second-start',
  path: '/run/exampled.pid',
  first: 302,
  firstIsThere: true,
  second: { ending: 'exit status 1', said: 'already running', left: [] },
  before: seen,
  after: seen,
};

test('one that is refused passes, and one that finds nothing to do', () => {
  expect(judgementOfProbe(secondStart, refused)).toEqual({ outcome: 'pass' });
  const nothingToDo = { ...refused, second: { ending: 'exit status 0', said: '', left: [] } };
  expect(judgementOfProbe(secondStart, nothingToDo)).toEqual({ outcome: 'pass' });
});

const other = { pid: 402, name: 'exampled' };

test.each<[Partial<SecondStart>, string]>([
  [{ firstIsThere: false }, 'the daemon of the first start, process 302, is gone'],
  [{ second: { ...refused.second, left: [other] } }, 'there is another daemon: process 402 (exampled)'],
  [{ after: { absent: 'ENOENT' } }, 'the pidfile is gone'],
  [{ after: { ...seen, identity: '8:2' } }, 'the pidfile is another one'],
  [{ after: { ...seen, text: '' } }, 'the pidfile holds ""'],
  [{ second: { ...refused.second, ending: null } }, 'the starter does not return'],
  [{ second: { ...refused.second, said: '' } }, 'exit status 1 without a word'],
])('%j fails', (found, actual) => {
  expect(judgementOfProbe(secondStart, { ...refused, ...found })).toMatchObject({
    outcome: 'fail',
    expected: 'a message and a status other than 0, and nothing else',
    actual,
  });
});

test('what the second start said is evidence', () => {
  expect(judgementOfProbe(secondStart, { ...refused, firstIsThere: false })).toMatchObject({
    evidence: ['the second start: exit status 1 ("already running")', 'cat /run/exampled.pid'],
  });
});
