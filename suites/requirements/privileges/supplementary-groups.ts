import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

export const supplementaryGroups = defineRequirement({
  id: 'supplementary-groups',
  area: 'privileges',
  title: 'The daemon is in no group that its user is not in',
  failureTitle: 'The daemon is in groups that its user is not in',
  why: 'setuid(2) and setgid(2) leave supplementary groups alone: a daemon that forgets them keeps the files of root’s groups in reach.',
  remedy: 'Call initgroups(3), or setgroups(2) with an empty list, before setuid(2).',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 13' },
    { work: 'initgroups(3)', at: 'DESCRIPTION' },
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
  needs: ['supplementaryGroups'],
  check: ({ supplementaryGroups }, { policy }) => {
    const { user } = policy;
    if (user === null) return inapplicable('no user was declared: --user NAME');
    const allowed = [user.groupId, ...user.groups];
    const foreign = supplementaryGroups.filter((group) => !allowed.includes(group));
    return foreign.length === 0
      ? pass
      : fail({
          expected: `none but ${[...new Set(allowed)].join(', ')}, the groups of ${user.name}`,
          actual: foreign.join(', '),
        });
  },
});
