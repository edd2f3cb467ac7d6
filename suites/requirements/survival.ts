/** How a survival is judged: all attempts must have survived. */

import type { Survival } from '../../harness/facts/finding.ts';
import { fail, inconclusive, type Judgement, pass } from '../../harness/judge/requirement.ts';

/** `ended by SIGHUP 19 times, with exit status 1 once` */
export function endingsOf({ endings }: Survival): string {
  const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
  return endings.map(({ how, count }) => `${how} ${times(count)}`).join(', ');
}

/** @param after what was done, as in `after the terminal hung up` */
export function judgeSurvival(found: Survival, after: string): Judgement {
  if (found.attempts === 0) return inconclusive('no attempt came to a daemon');
  if (found.survived === found.attempts) return pass;
  const once = found.attempts === 1;
  return fail({
    expected: `the daemon is still there ${after}`,
    actual: once
      ? `${found.endings[0]?.how ?? 'ended'} ${after}, after ${found.afterMs.toFixed(1)} ms`
      : `there ${found.survived} of ${found.attempts} times; otherwise ${endingsOf(found)}`,
    evidence: found.evidence,
  });
}
