/** A word that was not understood is a value: the line that says which word, and what to write instead. */

export interface Misuse {
  readonly kind: 'misuse';
  readonly line: string;
}

export type Understood<T> = { readonly kind: 'understood'; readonly value: T } | Misuse;

export function understood<T>(value: T): Understood<T> {
  return { kind: 'understood', value };
}

export function misuse(line: string): Misuse {
  return { kind: 'misuse', line };
}

/** All of them, or the first that was not understood. */
export function all<T>(each: readonly Understood<T>[]): Understood<readonly T[]> {
  const values: T[] = [];
  for (const one of each) {
    if (one.kind === 'misuse') return one;
    values.push(one.value);
  }
  return understood(values);
}
