import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeSurvival } from '../survival.ts';
export const keyboardSignals = defineProbeRequirement({
  id: 'keyboard-signals',
  area: 'terminal',
  title: 'Keys typed on the launch terminal do not reach the daemon',
  failureTitle: 'Keys typed on the launch terminal reach the daemon',
  why: 'The interrupt, quit and suspend characters send SIGINT, SIGQUIT and SIGTSTP to the foreground process group of the terminal, which a script or ssh -t leaves as it was.',
  remedy: 'Call setsid(2) after fork(2), so that the daemon leaves the foreground process group.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XBD 11.1.9 Special Characters' },
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
    {
      id: 'session',
      because: 'only a process in the foreground group of the launch session gets the signals',
    },
    {
      id: 'launch-session',
      because: 'only a process in the foreground group of the launch session gets the signals',
    },
  ],
  probe: 'keyboard-signals',
  check: (found) => judgeSurvival(found, 'after ^C, ^\\\\ and ^Z'),
});
