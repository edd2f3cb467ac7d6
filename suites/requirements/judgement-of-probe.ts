/** What a requirement on behaviour says of a finding, for the tests beside the requirements. */

import type { ProbeOutcome, Survival } from '../../harness/facts/finding.ts';
import { evaluate } from '../../harness/judge/evaluate.ts';
import { worst } from '../../harness/judge/evaluate-process.ts';
import { cleanRun } from '../../harness/judge/example-run.ts';
import type { Policy } from '../../harness/judge/profile.ts';
import { inapplicable, type Judgement, type Requirement } from '../../harness/judge/requirement.ts';
import { profiles } from '../profiles/index.ts';

export function judgementOfProbe(
  requirement: Requirement,
  found: ProbeOutcome,
  declared: Partial<Policy> = {},
): Judgement {
  if (requirement.kind !== 'probe') return inapplicable('it judges no probe');
  const profile = profiles.sysv;
  const setting = {
    profile,
    policy: { ...profile.policy, ...declared },
    inspected: false,
    probes: { [requirement.probe]: found },
  };
  return (
    worst(evaluate(requirement, [cleanRun], [requirement], setting))?.judgement ?? inapplicable('no run')
  );
}

/** A survival of one attempt, as a pattern. */
export const survived: Survival = {
  kind: 'survival',
  attempts: 1,
  survived: 1,
  endings: [],
  decidedBy: 'nothing pending',
  afterMs: 1.5,
  reached: [],
  evidence: ['/proc/302/status SigPnd | ShdPnd: none; SigBlk: none'],
};

/** The same, ended by a signal. */
export const hungUp: Survival = {
  ...survived,
  survived: 0,
  endings: [{ how: 'SIGHUP', count: 1 }],
  decidedBy: 'ended',
  afterMs: 0.5,
  evidence: ['wait status of process 302: killed by SIGHUP'],
};
