import { expect, test } from 'vitest';
import { cleanRun, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { foreground } from './foreground.ts';

test('a program that stays passes', () => {
  expect(judgementOf(foreground, [supervisedRun], profiles.supervised)).toEqual({ outcome: 'pass' });
});

test('a program that returns fails', () => {
  expect(judgementOf(foreground, [cleanRun], profiles.supervised)).toEqual({
    outcome: 'fail',
    expected: 'process 300 stays',
    actual: 'it exited with status 0 after 12.0 ms',
  });
});
