import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { daemonOf } from '../../../harness/judge/seen-by.ts';

export const launchSession = defineRequirement({
  id: 'launch-session',
  area: 'session',
  title: 'Nothing of the program is left in the session it was started in',
  failureTitle: 'The program has left a process in the session it was started in',
  why: 'A process that stays keeps the terminal busy, is hung up with it, and holds up the logout.',
  remedy: 'Fork helpers after setsid(2), or end them with the starter.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 8' },
    { work: 'POSIX.1-2024', at: 'XSH _Exit(), Consequences of Process Termination' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  ofLaunch: true,
  of: 'every-survivor',
  needs: ['session'],
  check: ({ session, role }, { run }) => {
    const { launch } = run;
    // That the daemon itself stayed is the finding of session, and its workers stayed with it.
    if (role === 'daemon' || daemonOf(run)?.session === launch.session) return pass;
    return session === launch.session
      ? fail({
          expected: `no process of the program in session ${launch.session}`,
          actual: `a ${role} in it`,
        })
      : pass;
  },
});
