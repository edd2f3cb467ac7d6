import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeTermination } from '../termination.ts';
export const terminationAfterHostileStart = defineProbeRequirement({
  id: 'termination-after-hostile-start',
  area: 'stopping',
  title: 'SIGTERM ends the daemon also when it was blocked at the start',
  failureTitle: 'SIGTERM does not end the daemon when it was blocked at the start',
  why: 'exec() hands on the signal mask: a daemon that keeps SIGTERM blocked can only be killed.',
  remedy: 'Empty the mask with sigprocmask(2) and SIG_SETMASK first of all.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, steps 2 and 3' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
    supervised: 'should',
  },
  failsWith: [{ id: 'signal-mask', because: 'SIGTERM was blocked at the start, and is judged there too' }],
  probe: 'termination-after-hostile-start',
  check: judgeTermination,
});
