/** Rounds of programs whose failures are known: what was found beside them, told as it is found. */

import { defaults } from '../../harness/check/request.ts';
import type { Expectation } from './expectations/expectation.ts';
import { type Surprise, surprises } from './outcome.ts';
import { type Recording, recordAll, usuallyAtOnce } from './record.ts';

export interface Round {
  readonly surprises: readonly Surprise[];
  /** For a person: each surprise, and how the runs of its program settled. */
  readonly lines: readonly string[];
}

function linesOf(found: readonly Surprise[], recordings: readonly Recording[]): readonly string[] {
  const told = found.map(
    ({ program, profile, expected, found: fails }) =>
      `  ${program}, ${profile}: expected ${expected.join(' ')}; found ${fails.join(' ')}`,
  );
  const surprised = recordings.filter(({ expectation }) =>
    found.some(({ program }) => program === expectation.name),
  );
  const settled = surprised.flatMap(({ expectation, runs }) =>
    runs.map(
      ({ start, starter, settling }) =>
        `  ${expectation.name}, ${start}: ${JSON.stringify({ ...starter, ...settling })}`,
    ),
  );
  return [...told, ...settled];
}

/** Checks each of them once. @param slowness of this machine, by which deadlines are longer */
export async function playRound(
  expectations: readonly Expectation[],
  slowness: number,
  atOnce = usuallyAtOnce,
): Promise<Round> {
  const recordings = await recordAll(expectations, slowness, defaults.isolation, atOnce);
  const found = [...surprises(recordings)];
  return { surprises: found, lines: linesOf(found, recordings) };
}
