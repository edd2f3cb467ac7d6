/** A requirement on behaviour, against what its probe found. Pure. */

import type { Probes } from '../facts/finding.ts';
import type { Run } from '../facts/run.ts';
import type { Policy, Profile } from './profile.ts';
import { inapplicable, inconclusive, type Judgement, type ProbeRequirement } from './requirement.ts';
import { whyNoDaemon } from './seen-by.ts';

interface ProbeSetting {
  readonly profile: Profile;
  readonly policy: Policy;
  readonly probes?: Probes;
}

/** @param plain the baseline run, after the plainest start, as the profile looks at it; null if there is none */
export function evaluateProbe(
  requirement: ProbeRequirement,
  plain: Run | null,
  { profile, policy, probes }: ProbeSetting,
): Judgement {
  const absent = plain === null ? null : whyNoDaemon(plain, profile);
  if (absent !== null) return inapplicable(absent);
  const found = probes?.[requirement.probe];
  if (found === undefined) return inapplicable('it was not probed');
  switch (found.kind) {
    case 'not-run':
      return inapplicable(found.notRun);
    case 'unavailable':
      return inconclusive(found.unavailable, found.wouldHelp ?? undefined);
    default:
      return requirement.check(found, policy);
  }
}
