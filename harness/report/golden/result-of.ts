/** Results as a judgement makes them of the catalogue: what a golden file says of a requirement cannot drift from it. */

import { type RequirementId, requirements } from '../../../suites/requirements/index.ts';

import type { Result } from '../../facts/result.ts';
import { decides } from '../../judge/judge.ts';

/** What the requirement does not say itself. */
type Finding = Partial<Omit<Result, 'id' | 'area' | 'title' | 'level' | 'counts' | 'sources' | 'remedy'>>;

/** Under the profile sysv, where musts count. A pass unless told otherwise. */
export function resultOf(id: RequirementId, given: Finding = {}): Result {
  const requirement = requirements.find((each) => each.id === id);
  if (requirement === undefined) throw new RangeError(`the catalogue has no requirement '${id}'`);
  const { area, title, failureTitle, sources, remedy } = requirement;
  const level = requirement.levels.sysv ?? null;
  const isExcused = given.outcome === 'fail' && (given.expectedFailure ?? null) !== null;
  return {
    id,
    area,
    title: given.outcome === 'fail' ? failureTitle : title,
    level,
    outcome: 'pass',
    counts: decides(level, 'must') && !isExcused,
    expectedFailure: null,
    start: null,
    starts: {},
    pid: null,
    expected: null,
    actual: null,
    because: null,
    wouldHelp: null,
    evidence: [],
    sources,
    remedy,
    ...given,
  };
}
