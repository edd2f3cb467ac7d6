/** What a profile finds in a recording, beside what was expected. */

import type { Outcome, Result } from '../../harness/facts/result.ts';
import { judge } from '../../harness/judge/judge.ts';
import { type ProfileName, profileNames } from '../../harness/judge/profile.ts';
import type { Requirement } from '../../harness/judge/requirement.ts';
import { profiles } from '../profiles/index.ts';
import { requirements as catalogue } from '../requirements/index.ts';
import type { Expectation } from './expectations/expectation.ts';
import type { Recording } from './record.ts';

export function resultsOf(
  { runs, declares }: Recording,
  profile: ProfileName,
  requirements: readonly Requirement[] = catalogue,
): readonly Result[] {
  return judge({
    runs,
    requirements,
    profile: profiles[profile],
    policy: { ...profiles[profile].policy, ...declares },
    counting: 'should',
    evidenceOf: () => [],
  }).results;
}

/** Ids in alphabetical order, without those that may go either way. */
function certain(ids: readonly string[], { either }: Expectation): readonly string[] {
  return [...new Set(ids)].filter((id) => !either.some((open) => open.id === id)).sort();
}

/** Ids with that outcome. */
export function idsWith(
  outcome: Outcome,
  results: readonly Result[],
  expectation: Expectation,
): readonly string[] {
  const found = results.filter((each) => each.outcome === outcome).map(({ id }) => id);
  return certain(found, expectation);
}

export function expectedFailures(expectation: Expectation, profile: ProfileName): readonly string[] {
  return certain(expectation.fails[profile], expectation);
}

/** What stays in the foreground, or has left nothing, is not judged at all where it is not a daemon. */
export function expectedInconclusive(expectation: Expectation, profile: ProfileName): readonly string[] {
  return profile === 'supervised' ? [] : certain(expectation.inconclusive, expectation);
}

export interface Surprise {
  readonly program: string;
  readonly profile: ProfileName;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

/** Where failures are not those expected, one after the other: who wants only to know whether there is one stops. */
export function* surprises(
  recordings: readonly Recording[],
  requirements: readonly Requirement[] = catalogue,
): Generator<Surprise> {
  for (const recording of recordings) {
    const { expectation } = recording;
    for (const profile of profileNames) {
      const expected = expectedFailures(expectation, profile);
      const found = idsWith('fail', resultsOf(recording, profile, requirements), expectation);
      if (expected.join() !== found.join()) yield { program: expectation.name, profile, expected, found };
    }
  }
}
