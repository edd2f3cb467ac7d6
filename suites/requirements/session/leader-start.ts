import { rateOf } from '../../../harness/judge/rate.ts';
import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { endingsOf, judgeSurvival } from '../survival.ts';
export const leaderStart = defineProbeRequirement({
  id: 'leader-start',
  area: 'session',
  title: 'The daemon survives when its starter is the session leader',
  failureTitle: 'The daemon does not always survive when its starter is the session leader',
  why: 'Under ssh -t host prog the program leads the session of its terminal: when it returns, the foreground process group gets SIGHUP, and a child that has not called setsid(2) by then is ended.',
  remedy:
    'Ignore SIGHUP before the first fork(2) and restore it after setsid(2), or let the parent wait until the child has called setsid(2).',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH _Exit(), Consequences of Process Termination' },
    { work: 'POSIX.1-2024', at: 'XBD 11.1.3 The Controlling Terminal' },
    { work: 'daemon(3)', at: 'FreeBSD, source: SIGHUP is ignored around setsid()' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'must',
  },
  failsWith: [
    { id: 'ready-at-return', because: 'what is still in the foreground group at the return is not complete' },
  ],
  probe: 'leader-start',
  check: (found) => {
    const judged = judgeSurvival(found, 'after its starter, the session leader, has returned');
    if (judged.outcome !== 'fail') return judged;
    const rate = rateOf(found.survived, found.attempts);
    return { ...judged, actual: `${rate}; otherwise ${endingsOf(found)}` };
  },
});
