import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeSurvival } from '../survival.ts';
export const sessionSighup = defineProbeRequirement({
  id: 'session-sighup',
  area: 'terminal',
  title: 'The daemon outlives a SIGHUP to its launch session',
  failureTitle: 'The daemon ends when its launch session gets SIGHUP',
  why: 'A shell that is hung up or logs out sends SIGHUP to its jobs, and SIGCONT to those that are stopped.',
  remedy: 'Call setsid(2) after fork(2), so that the daemon is in no process group of the launch session.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH _Exit(), Consequences of Process Termination' },
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
    { id: 'session', because: 'only a process in the launch session gets the signals' },
    { id: 'launch-session', because: 'only a process in the launch session gets the signals' },
  ],
  probe: 'session-sighup',
  check: (found) => judgeSurvival(found, 'after SIGHUP and SIGCONT to every group of the launch session'),
});
