import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { rootDirectory } from './root-directory.ts';

test('the root directory of the launch passes', () => {
  expect(judgementOf(rootDirectory, [cleanRun], profiles.pep3143)).toEqual({ outcome: 'pass' });
});

test('another root directory fails', () => {
  const run = { ...cleanRun, processes: [{ ...rightDaemon, rootDirectory: '/srv/jail' }] };
  expect(judgementOf(rootDirectory, [run], profiles.pep3143)).toEqual({
    outcome: 'fail',
    expected: '/',
    actual: '/srv/jail',
  });
});
