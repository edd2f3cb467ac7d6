/** Which probes the chosen requirements need: those that any profile asks for, for its verdict is told too. */

import type { ProbeName } from '../facts/finding.ts';
import type { Requirement } from '../judge/requirement.ts';

export function probesAskedFor(chosen: readonly Requirement[]): ReadonlySet<ProbeName> {
  return new Set(
    chosen.flatMap((each) => {
      if (Object.keys(each.levels).length === 0) return [];
      if (each.kind === 'probe') return [each.probe];
      return each.kind === 'moment' && each.decidedBy !== undefined ? [each.decidedBy] : [];
    }),
  );
}
