import { defineProbeRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

export const terminationLeftovers = defineProbeRequirement({
  id: 'termination-leftovers',
  area: 'stopping',
  title: 'The declared pidfile is gone when the daemon has ended, or does no harm',
  failureTitle: 'The pidfile that the daemon leaves keeps it from starting again',
  why: 'A pidfile that outlives its daemon names a process that is gone, or another one; a start that believes it refuses to start.',
  remedy:
    'Remove the pidfile at the end, and do not trust one: lock it, or look whether the process exists and is the right one.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 12' },
    { work: 'PEP 3143', at: 'pidfile' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'must',
    classic: 'may',
  },
  probe: 'termination',
  check: ({ endedAfterMs, pidfileLeft, restarted }, { pidfile }) => {
    if (pidfile === null) return inapplicable('no pidfile is declared: --pidfile FILE');
    if (endedAfterMs === null) return inapplicable('it did not end');
    if (pidfileLeft === null) return inapplicable('there was no pidfile');
    return !pidfileLeft || restarted === true
      ? pass
      : fail({
          expected: 'no pidfile, or one that the next start sees through',
          actual: `${pidfile} is left, and the next start fails`,
          evidence: [`cat ${pidfile}`],
        });
  },
});
