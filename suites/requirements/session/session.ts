import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const session = defineRequirement({
  id: 'session',
  area: 'session',
  title: 'The daemon has left the session it was started in',
  failureTitle: 'The daemon is still in the session it was started in',
  why: 'The session ends with the login: its processes are hung up, or killed with everything that belongs to it.',
  remedy:
    'Call setsid(2) in the child of the first fork(2), which leads no process group, and check what it returns.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH setsid(), DESCRIPTION' },
    { work: 'daemon(7)', at: 'SysV Daemons, step 6' },
    { work: 'APUE', at: '13.3 Coding Rules, rule 3' },
  ],
  // Under a service manager the program stays in the session it was given: kept-session.
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  // After a detached start, detached-start says it.
  starts: ['clean', 'hostile', 'leader', 'captured', 'closed', 'supervised'],
  ofLaunch: true,
  needs: ['session'],
  check: ({ session }, { run }) =>
    session === run.launch.session
      ? fail({
          expected: `a session other than ${run.launch.session}, in which it was started`,
          actual: `${session}`,
        })
      : pass,
});
