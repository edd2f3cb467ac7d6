import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { supplementaryGroups } from './supplementary-groups.ts';

const { sysv } = profiles;
const user = { name: 'exampled', userId: 200, groupId: 300, groups: [300, 310] };
const declared = { ...sysv, policy: { ...sysv.policy, user } };
const inGroups = (...groups: number[]) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, supplementaryGroups: groups }],
});

test('the groups of the declared user pass, all of them or fewer', () => {
  expect(judgementOf(supplementaryGroups, [inGroups(300, 310)], declared)).toEqual({ outcome: 'pass' });
  expect(judgementOf(supplementaryGroups, [inGroups(310)], declared)).toEqual({ outcome: 'pass' });
  expect(judgementOf(supplementaryGroups, [inGroups()], declared)).toEqual({ outcome: 'pass' });
});

test('the primary group is one of them, listed or not', () => {
  const unlisted = { ...sysv, policy: { ...sysv.policy, user: { ...user, groups: [] } } };
  expect(judgementOf(supplementaryGroups, [inGroups(300)], unlisted)).toEqual({ outcome: 'pass' });
});

test('any other group fails', () => {
  expect(judgementOf(supplementaryGroups, [inGroups(0, 300, 27)], declared)).toEqual({
    outcome: 'fail',
    expected: 'none but 300, 310, the groups of exampled',
    actual: '0, 27',
  });
});

test('without a declared user there is nothing to compare with', () => {
  expect(judgementOf(supplementaryGroups, [inGroups(0)], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'no user was declared: --user NAME',
  });
});
