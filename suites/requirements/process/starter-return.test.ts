import { expect, test } from 'vitest';
import type { Run } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { starterReturn } from './starter-return.ts';

const { sysv } = profiles;
const staying = (run: Run, by: Run['settling']['by'] = 'deadline'): Run => ({
  ...run,
  settling: { ...run.settling, by },
  starter: { ...run.starter, exitCode: null, returnedAfterMs: null },
  daemon: null,
});

test('a starter that returns passes, whatever its status', () => {
  expect(judgementOf(starterReturn, [cleanRun], sysv)).toEqual({ outcome: 'pass' });
  const failed = { ...cleanRun, starter: { ...cleanRun.starter, exitCode: 3 } };
  expect(judgementOf(starterReturn, [failed], sysv)).toEqual({ outcome: 'pass' });
});

test('a starter that is still there at the deadline fails', () => {
  expect(judgementOf(starterReturn, [staying(cleanRun)], sysv)).toEqual({
    outcome: 'fail',
    expected: 'the starter returns',
    actual: 'process 300 was still there at the deadline',
    shownBy: [{ pid: 300, facts: ['state', 'session'] }],
  });
});

test('one that will never wake is not waited for until then', () => {
  expect(judgementOf(starterReturn, [staying(cleanRun, 'asleep')], sysv)).toMatchObject({
    actual: 'process 300 was still there when nothing was left that could wake it',
  });
});

test('a starter that stays because of an ignored SIGCHLD is left to ignored-sigchld-start', () => {
  expect(judgementOf(starterReturn, [staying(hostileRun)], sysv)).toMatchObject({ outcome: 'fail' });
  expect(judgementOf(starterReturn, [cleanRun, staying(hostileRun)], sysv)).toMatchObject({
    outcome: 'fail',
  });
  const decided = { ...staying(hostileRun), sigchldDecides: true };
  expect(judgementOf(starterReturn, [cleanRun, decided], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(starterReturn, [staying(cleanRun), staying(hostileRun)], sysv)).toMatchObject({
    outcome: 'fail',
  });
});
