/** A word that was not understood is a value: the line that says which word, and what to write instead. */

export interface UsageError {
  readonly kind: 'usage-error';
  readonly line: string;
}

export type ParseResult<T> = { readonly kind: 'understood'; readonly value: T } | UsageError;

export function understood<T>(value: T): ParseResult<T> {
  return { kind: 'understood', value };
}

export function usageError(line: string): UsageError {
  return { kind: 'usage-error', line };
}

/** All of them, or the first that was not understood. */
export function all<T>(each: readonly ParseResult<T>[]): ParseResult<readonly T[]> {
  const values: T[] = [];
  for (const one of each) {
    if (one.kind === 'usage-error') return one;
    values.push(one.value);
  }
  return understood(values);
}
