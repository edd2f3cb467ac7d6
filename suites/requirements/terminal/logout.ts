import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeSurvival } from '../survival.ts';
export const logout = defineProbeRequirement({
  id: 'logout',
  area: 'terminal',
  title: 'The daemon outlives the end of its launch session',
  failureTitle: 'The daemon ends with its launch session',
  why: 'At logout everything in the session may be killed, with SIGKILL in the end, which nobody can ignore.',
  remedy:
    'Call setsid(2) after fork(2): a daemon in a session of its own is not found by the session it was started in.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH setsid(), DESCRIPTION' },
    { work: 'daemon(7)', at: 'SysV Daemons, step 6' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  failsWith: [
    { id: 'session', because: 'only a process in the launch session is killed' },
    { id: 'launch-session', because: 'only a process in the launch session is killed' },
  ],
  probe: 'logout',
  check: (found) => judgeSurvival(found, 'after the launch session was killed'),
});
