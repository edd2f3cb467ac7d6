import { expect, test } from 'vitest';
import type { ResourceLimit } from '../../../harness/facts/process.ts';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { resourceLimits } from './resource-limits.ts';

const { pep3143, sysv } = profiles;
const limited = (limits: Readonly<Record<string, ResourceLimit>>) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, limits }],
});

test('the soft limit asked for passes, whatever the hard one', () => {
  expect(judgementOf(resourceLimits, [limited({ core: { soft: 0, hard: 'unlimited' } })], pep3143)).toEqual({
    outcome: 'pass',
  });
});

test.each([1024, 'unlimited'] as const)('a soft limit of %s fails where 0 is asked for', (soft) => {
  expect(judgementOf(resourceLimits, [limited({ core: { soft, hard: 'unlimited' } })], pep3143)).toEqual({
    outcome: 'fail',
    expected: '0',
    actual: `${soft}`,
  });
});

test('a limit that is not known is inconclusive', () => {
  expect(judgementOf(resourceLimits, [limited({})], pep3143)).toEqual({
    outcome: 'inconclusive',
    because: 'the limit on core files is not known here',
  });
});

test('without a limit in the policy any will do', () => {
  expect(
    judgementOf(resourceLimits, [limited({ core: { soft: 'unlimited', hard: 'unlimited' } })], sysv),
  ).toEqual({ outcome: 'inapplicable', because: 'the policy accepts any limit' });
});
