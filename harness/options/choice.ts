/** One word, or several between commas, out of those there are. */

import { didYouMean } from './near-miss.ts';
import { all, type ParseResult, understood, usageError } from './usage-error.ts';

export function choose<T extends string>(
  word: string,
  candidates: readonly T[],
  { of, noun }: { readonly of: string; readonly noun: string },
): ParseResult<T> {
  const found = candidates.find((candidate) => candidate === word);
  if (found !== undefined) return understood(found);
  const few = candidates.length <= 12 ? `; there are ${candidates.join(', ')}` : '; list shows them';
  return usageError(`${of}: there is no ${noun} '${word}'${didYouMean(word, candidates) || few}`);
}

export function chooseSeveral<T extends string>(
  words: readonly string[],
  candidates: readonly T[],
  about: { readonly of: string; readonly noun: string },
): ParseResult<readonly T[]> {
  const chosen = all(words.map((word) => choose(word, candidates, about)));
  return chosen.kind === 'usage-error' ? chosen : understood([...new Set(chosen.value)]);
}

/** `a,b` given twice as `a,b` and `c` is `a`, `b`, `c`. */
export function splitList(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(',')).map((word) => word.trim());
}
