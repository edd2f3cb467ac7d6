/** How a start is judged that must fail: with a status, a word, and nothing left. */

import type { StartOutcome } from '../../harness/facts/finding.ts';
import { fail, type Judgement, pass } from '../../harness/judge/requirement.ts';
import { endingOf, leftOf } from './started.ts';

/** @param told how a person does the same */
export function judgeFailedStart({ start, pidfile }: StartOutcome, told: string): Judgement {
  const { ending, said, left } = start;
  const wrong = [
    ...(ending === null ? ['the starter does not return'] : []),
    ...(ending === 'exit status 0' ? ['exit status 0'] : []),
    ...(said === '' ? ['nothing is said'] : []),
    ...(left.length > 0 ? [`there is still ${leftOf(start)}`] : []),
    ...(pidfile === true ? ['a pidfile is left'] : []),
  ];
  if (wrong.length === 0) return pass;
  return fail({
    expected: 'a status other than 0, a message, and nothing left',
    actual: wrong.join('; '),
    evidence: [`${told}: ${endingOf(start)}`],
  });
}
