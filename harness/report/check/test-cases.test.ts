import { expect, test } from 'vitest';
import { conforming } from '../golden/conforming.ts';
import { failing } from '../golden/failing.ts';
import type { Report } from '../report.ts';
import { testGroups } from './test-cases.ts';

function told(report: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(
    testGroups(report).flatMap(({ cases }) => cases.map((each) => [each.id, each.told.kind])),
  );
}

test('only what holds, and was expected to, has passed', () => {
  expect(told(failing)).toEqual({
    'run-state': 'passed',
    'session-leader': 'failed',
    'starter-return': 'failed',
    'terminal-descriptors': 'errored',
    'working-directory': 'excused',
    'file-mode-creation-mask': 'failed',
    environment: 'excused',
    'nice-value': 'excused',
  });
});

test('with strict a should-requirement counts', () => {
  const results = failing.results.map((each) => ({ ...each, counts: each.level !== 'may' }));
  expect(told({ ...failing, results }).environment).toBe('failed');
});

test('a test is in the group of its area', () => {
  expect(testGroups(conforming).map(({ name, cases }) => [name, ...cases.map(({ id }) => id)])).toEqual([
    ['session', 'session-leader', 'session'],
    ['environment', 'environment', 'nice-value', 'oom-score-adjustment'],
    ['start-up', 'pidfile'],
  ]);
});

test('what counts and could not be judged is an error, and what does not count is skipped', () => {
  const unjudged = (counts: boolean) => {
    const results = failing.results.map((each) => ({ ...each, counts, outcome: 'inconclusive' as const }));
    return new Set(Object.values(told({ ...failing, results })));
  };
  expect(unjudged(true)).toEqual(new Set(['errored']));
  expect(unjudged(false)).toEqual(new Set(['skipped']));
});
