/** What the other profiles say, the nearest first. */

import type { ProfileVerdict, Verdict } from '../../facts/result.ts';
import { type ProfileName, profileNames } from '../../judge/profile.ts';
import type { Report } from '../report.ts';
import { distance } from './verdict-lines.ts';

export interface ProfileAnswer {
  readonly name: ProfileName;
  readonly verdict: Verdict;
  /** `conforms`, `does not conform: session, umask`. */
  readonly answer: string;
}

export function profileAnswers({ profile, profiles }: Report): readonly ProfileAnswer[] {
  return profileNames
    .filter((name) => name !== profile)
    .map((name) => ({ name, found: profiles[name] }))
    .sort((a, b) => distance(a.found) - distance(b.found))
    .map(({ name, found }) => ({ name, verdict: found.verdict, answer: answerOf(found) }));
}

function answerOf({ verdict, failed, inconclusive }: ProfileVerdict): string {
  switch (verdict) {
    case 'conforms':
      return 'conforms';
    case 'does-not-conform':
      return `does not conform: ${failed.join(', ') || 'an expected failure passes'}`;
    case 'not-judged':
      return `not judged: ${inconclusive.join(', ')}`;
    case 'not-applicable':
      return 'nothing that counts applies';
  }
}
