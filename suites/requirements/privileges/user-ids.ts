import type { IdTriple } from '../../../harness/facts/process.ts';
import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

function areAll({ real, effective, saved }: IdTriple, id: number): boolean {
  return real === id && effective === id && saved === id;
}

function words(kind: 'user' | 'group', { real, effective, saved }: IdTriple): string {
  return `real, effective and saved ${kind} ID ${real}, ${effective}, ${saved}`;
}

export const userIds = defineRequirement({
  id: 'user-ids',
  area: 'privileges',
  title: 'The daemon runs as the declared user and group alone',
  failureTitle: 'The daemon does not run as the declared user and group alone',
  why: 'A real or saved ID that is left behind lets whoever takes over the daemon take the old identity back.',
  remedy: 'Call setgroups(2), setresgid(2) and setresuid(2) in this order, and check what each returns.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 13' },
    { work: 'PEP 3143', at: 'uid, gid' },
    { work: 'POSIX.1-2024', at: 'XSH setuid(), DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'must',
    classic: 'may',
    supervised: 'may',
  },
  needs: ['userIds', 'groupIds'],
  check: ({ userIds, groupIds }, { policy }) => {
    const { user } = policy;
    if (user === null) return inapplicable('no user was declared: --user NAME');
    const faults = [
      ...(areAll(userIds, user.userId) ? [] : [words('user', userIds)]),
      ...(areAll(groupIds, user.groupId) ? [] : [words('group', groupIds)]),
    ];
    return faults.length === 0
      ? pass
      : fail({
          expected: `user ${user.userId} (${user.name}) and group ${user.groupId} throughout`,
          actual: faults.join('; '),
        });
  },
});
