/** What one requirement finds in runs, for the tests beside the requirements. */

import type { Run } from '../../harness/facts/run.ts';
import { evaluate } from '../../harness/judge/evaluate.ts';
import { worst } from '../../harness/judge/evaluate-process.ts';
import type { Profile } from '../../harness/judge/profile.ts';
import { inapplicable, type Judgement, type Requirement } from '../../harness/judge/requirement.ts';

export function judgementOf(requirement: Requirement, runs: readonly Run[], profile: Profile): Judgement {
  const setting = { profile, policy: profile.policy, inspected: false };
  return (
    worst(evaluate(requirement, runs, [requirement], setting))?.judgement ?? inapplicable('no run shows it')
  );
}

/** The same for a process that was found running. */
export function inspectionOf(requirement: Requirement, run: Run, profile: Profile): Judgement {
  const setting = { profile, policy: profile.policy, inspected: true };
  return (
    worst(evaluate(requirement, [run], [requirement], setting))?.judgement ?? inapplicable('no run shows it')
  );
}
