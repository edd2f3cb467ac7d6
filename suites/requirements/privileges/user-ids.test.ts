import { expect, test } from 'vitest';
import type { IdTriple } from '../../../harness/facts/process.ts';
import { cleanRun, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { userIds } from './user-ids.ts';

const { sysv } = profiles;
const user = { name: 'exampled', userId: 200, groupId: 300, groups: [300] };
const declared = { ...sysv, policy: { ...sysv.policy, user } };
const all = (id: number): IdTriple => ({ real: id, effective: id, saved: id });
const running = (users: IdTriple, groups: IdTriple) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, userIds: users, groupIds: groups }],
});
const expected = 'user 200 (exampled) and group 300 throughout';

test('the declared user and group in all three places pass', () => {
  expect(judgementOf(userIds, [running(all(200), all(300))], declared)).toEqual({ outcome: 'pass' });
});

test.each(['real', 'effective', 'saved'] as const)('another %s user ID fails', (which) => {
  const users = { ...all(200), [which]: 0 };
  expect(judgementOf(userIds, [running(users, all(300))], declared)).toEqual({
    outcome: 'fail',
    expected,
    actual: `real, effective and saved user ID ${users.real}, ${users.effective}, ${users.saved}`,
  });
});

test.each(['real', 'effective', 'saved'] as const)('another %s group ID fails', (which) => {
  const groups = { ...all(300), [which]: 0 };
  expect(judgementOf(userIds, [running(all(200), groups)], declared)).toEqual({
    outcome: 'fail',
    expected,
    actual: `real, effective and saved group ID ${groups.real}, ${groups.effective}, ${groups.saved}`,
  });
});

test('both may be wrong', () => {
  expect(judgementOf(userIds, [running(all(0), all(0))], declared)).toMatchObject({
    actual: 'real, effective and saved user ID 0, 0, 0; real, effective and saved group ID 0, 0, 0',
  });
});

test('a worker of another user is a matter of design', () => {
  const daemon = { ...rightDaemon, userIds: all(200), groupIds: all(300) };
  expect(judgementOf(userIds, [{ ...cleanRun, processes: [daemon, rightWorker] }], declared)).toEqual({
    outcome: 'pass',
  });
});

test('without a declared user there is nothing to compare with', () => {
  expect(judgementOf(userIds, [cleanRun], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'no user was declared: --user NAME',
  });
});
