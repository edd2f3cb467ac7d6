import { rateEvidence } from '../../../harness/judge/rate.ts';
import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const readiness = defineProbeRequirement({
  id: 'readiness',
  area: 'start-up',
  title: 'The daemon can be used when its starter returns',
  failureTitle: 'The starter returns before the daemon can be used',
  why: 'What is started next relies on it: a starter that returns too early makes the boot a matter of luck.',
  remedy: 'Let the starter wait on a pipe until the daemon has opened its sockets and files.',
  sources: [{ work: 'daemon(7)', at: 'SysV Daemons, steps 14 and 15' }],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'may',
    classic: 'may',
  },
  probe: 'readiness',
  check: ({ command, attempts, ready, ending, said, begunAfterMs, succeededAfterMs }) => {
    if (ready === attempts) return pass;
    return fail({
      expected: `${command}: exit status 0 when the starter has returned`,
      actual:
        succeededAfterMs === null
          ? `${ending}, and no success later`
          : `${ending}; it succeeds after ${succeededAfterMs.toFixed(0)} ms`,
      evidence: [
        `the command was begun ${begunAfterMs.toFixed(1)} ms after the starter had returned`,
        ...rateEvidence(ready, attempts),
        ...(said === '' ? [] : [`it said "${said}"`]),
      ],
    });
  },
});
