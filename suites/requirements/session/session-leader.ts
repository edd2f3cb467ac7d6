import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

export const sessionLeader = defineRequirement({
  id: 'session-leader',
  area: 'session',
  title: 'The daemon is not a session leader',
  failureTitle: 'The daemon is still a session leader',
  why: 'A session leader without a controlling terminal may acquire one by opening a terminal without O_NOCTTY.',
  remedy: 'Call fork(2) once more after setsid(2) and let the parent end with _exit(2).',
  sources: [
    { work: 'POSIX.1-2024', at: 'XBD 11.1.3 The Controlling Terminal' },
    { work: 'daemon(7)', at: 'SysV Daemons, step 7' },
    { work: 'APUE', at: '13.3 Coding Rules, rule 3' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'should',
    pep3143: 'must',
    classic: 'must',
    supervised: 'may',
  },
  needs: ['session'],
  check: ({ session, pid }, { policy }) => {
    if (policy.sessionLeader === 'may') return inapplicable('the policy lets the daemon lead its session');
    return session === pid
      ? fail({ expected: 'session ID differs from process ID', actual: `both are ${pid}` })
      : pass;
  },
});
