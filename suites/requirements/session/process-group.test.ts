import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { processGroup } from './process-group.ts';

test('a process group of its own passes', () => {
  expect(judgementOf(processGroup, [cleanRun], profiles.sysv)).toEqual({ outcome: 'pass' });
});

test('the process group it was started in fails', () => {
  const run = { ...cleanRun, processes: [{ ...rightDaemon, processGroup: 300 }] };
  expect(judgementOf(processGroup, [run], profiles.sysv)).toEqual({
    outcome: 'fail',
    expected: 'a process group other than 300, in which it was started',
    actual: '300',
  });
});
