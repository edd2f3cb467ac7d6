/** What requirements on notifications have in common. */

import type { Findings, ServiceManagerMessage } from '../../harness/facts/finding.ts';
import { inapplicable, type Judgement } from '../../harness/judge/requirement.ts';

type Notifications = Findings['notification'];

export function says({ state }: ServiceManagerMessage, word: string): boolean {
  return state.includes(word);
}

/** Why nothing can be asked of what it tells; null if something can. */
export function whySilent({ declared, start, stop }: Notifications): Judgement | null {
  return declared || start.length > 0 || stop.length > 0
    ? null
    : inapplicable('it tells a service manager nothing, and does not declare to: --notify');
}

/** `READY=1 STATUS=at work`, on one line. */
export function wordsOf(told: readonly ServiceManagerMessage[]): string {
  return told.map(({ state }) => state.join(' ')).join(', ') || 'nothing';
}
