/** Rounds of programs whose failures are known: what was found beside them, told as it is found. */

import { defaults } from '../../harness/check/request.ts';
import type { Expectation } from './expectations/expectation.ts';
import { resultsOf, type Surprise, surprises } from './outcome.ts';
import { type Recording, recordAll, usuallyAtOnce } from './record.ts';

export interface Round {
  readonly surprises: readonly Surprise[];
  /** For a person: each surprise, and how the runs of its program settled. */
  readonly lines: readonly string[];
}

/** The first of a program's surprises: those of other profiles have the same cause. */
function surpriseOf({ expectation }: Recording, found: readonly Surprise[]): Surprise {
  return found.find(({ program }) => program === expectation.name) as Surprise;
}

function linesOf(found: readonly Surprise[], recordings: readonly Recording[]): readonly string[] {
  const told = found.map(
    ({ program, profile, expected, found: fails }) =>
      `  ${program}, ${profile}: expected ${expected.join(' ')}; found ${fails.join(' ')}`,
  );
  const surprised = recordings.filter(({ expectation }) =>
    found.some(({ program }) => program === expectation.name),
  );
  const why = surprised.flatMap((recording) => {
    const { program, profile, expected, found: fails } = surpriseOf(recording, found);
    return resultsOf(recording, profile)
      .filter(({ id }) => fails.includes(id) && !expected.includes(id))
      .map((one) => `  ${program}, ${one.id}: expected ${one.expected}; actual ${one.actual}`);
  });
  const settled = surprised.flatMap(({ expectation, runs }) =>
    runs.map(
      ({ start, starter, settling }) =>
        `  ${expectation.name}, ${start}: ${JSON.stringify({ ...starter, ...settling })}`,
    ),
  );
  return [...told, ...why, ...settled];
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
