/** Which probes the chosen requirements need: those that any profile asks for, for its verdict is told too. */

import type { ProbeName } from '../facts/finding.ts';
import type { Requirement } from '../judge/requirement.ts';

/** Those that find nothing where no pidfile is declared. */
export const pidfileProbes: readonly ProbeName[] = [
  'pidfile',
  'planted-pidfile',
  'stale-pidfile',
  'second-start',
  'concurrent-start',
  'partial-pidfile',
];

/** @param only no others than these */
export function probesAskedFor(
  chosen: readonly Requirement[],
  only?: readonly ProbeName[],
): ReadonlySet<ProbeName> {
  const needed = chosen.flatMap((each) => {
    if (Object.keys(each.levels).length === 0) return [];
    if (each.kind === 'probe') return [each.probe];
    return each.kind === 'moment' && each.decidedBy !== undefined ? [each.decidedBy] : [];
  });
  return new Set(needed.filter((name) => only === undefined || only.includes(name)));
}
