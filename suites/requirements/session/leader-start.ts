import type { Findings } from '../../../harness/facts/finding.ts';
import { rateOf } from '../../../harness/judge/rate.ts';
import { defineProbeRequirement, fail, type Judgement, pass } from '../../../harness/judge/requirement.ts';
import { endingsOf, judgeSurvival } from '../survival.ts';

const expected = 'the daemon is still there after its starter, the session leader, has returned';

/** `the starter returned while process 17, which became the daemon, had not run one instruction` */
function whatHappened({ order, heldAtReturn, daemon, starter, ending }: ScheduledStart): string {
  const held = heldAtReturn.find(({ pid }) => pid === daemon);
  const sooner = order === 'child-first' ? 'a child that runs before its parent goes on is not: ' : '';
  if (held === undefined) return `${sooner}the starter ended (${starter}), and nothing is left: ${ending}`;
  const how = held.ran ? 'was not done' : 'had not run one instruction';
  const by = ending === 'SIGHUP' ? 'SIGHUP from the end of the session ended it' : `it ended: ${ending}`;
  return `the starter returned while process ${daemon}, which became the daemon, ${how}; ${by}`;
}

function judgeScheduled({ starts, sampled }: ScheduledStarts): Judgement {
  const lost = starts.find(({ ending }) => ending !== null);
  if (lost === undefined) return pass;
  const rate =
    sampled === null ? [] : [`as starts fall, it survived ${rateOf(sampled.survived, sampled.attempts)}`];
  return fail({ expected, actual: whatHappened(lost), evidence: [...lost.evidence, ...rate] });
}

type LeaderStartFinding = Findings['leader-start'];
type ScheduledStarts = Extract<LeaderStartFinding, { kind: 'scheduled-starts' }>;
type ScheduledStart = ScheduledStarts['starts'][number];

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
    if (found.kind === 'scheduled-starts') return judgeScheduled(found);
    const judged = judgeSurvival(found, 'after its starter, the session leader, has returned');
    if (judged.outcome !== 'fail') return judged;
    const rate = rateOf(found.survived, found.attempts);
    return { ...judged, actual: `${rate}; otherwise ${endingsOf(found)}` };
  },
});
