/** What a configuration says will fail: it does not count while it fails, and is news as soon as it passes. */

import type { Result, Verdict } from '../facts/result.ts';
import { type Counting, decides, verdictOf } from './judge.ts';

/**
 * @param expected reasons by requirement id
 * @returns results marked, and the verdict with them: an expected failure that passes does not conform either, since
 *   the configuration no longer tells the truth
 */
export function withExpectedFailures(
  results: readonly Result[],
  expected: Readonly<Record<string, string>>,
  counting: Counting,
): { readonly results: readonly Result[]; readonly verdict: Verdict } {
  const marked = results.map((result) => {
    const reason = expected[result.id] ?? null;
    const excused = reason !== null && result.outcome === 'fail';
    return { ...result, expectedFailure: reason, counts: decides(result.level, counting) && !excused };
  });
  const counted = marked.filter(({ counts, expectedFailure }) => counts || expectedFailure === null);
  const surprised = marked.some(
    ({ expectedFailure, outcome }) => expectedFailure !== null && outcome === 'pass',
  );
  return { results: marked, verdict: surprised ? 'does-not-conform' : verdictOf(counted, counting) };
}
