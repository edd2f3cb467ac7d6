/** Which probes the chosen requirements need: those that any profile asks for, for its verdict is told too. */

import type { ProbeName } from '../facts/finding.ts';
import type { Requirement } from '../judge/requirement.ts';

export function probesAskedFor(chosen: readonly Requirement[]): ReadonlySet<ProbeName> {
  return new Set(
    chosen.flatMap((each) =>
      each.kind === 'probe' && Object.keys(each.levels).length > 0 ? [each.probe] : [],
    ),
  );
}
