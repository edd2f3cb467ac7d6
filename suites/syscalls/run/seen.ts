/** Ways for a promise's body to say what it saw. */

import type { CallResult } from '../../../harness/libc/library.ts';
import type { Sighting } from './promise.ts';

/** Facts about the state a call left behind: what must be so, and whether it is. */
export type StateChecks = Readonly<Record<string, boolean>>;

export function saw(kind: string, seen: string): Sighting {
  return { type: 'seen', kind, seen };
}

export function unsupported(because: string): Sighting {
  return { type: 'unsupported', because };
}

/**
 * What `call` returned, by the name of its errno or as `succeeds`, provided that the state it left is as it has to
 * be; otherwise the kind says what is not.
 */
export function answered(call: string, result: CallResult, left: StateChecks = {}): Sighting {
  const kind = result.errno ?? 'succeeds';
  return allOf(kind, `${call}: ${result.errno ?? result.value}`, left);
}

/** `kind` if every fact is so; otherwise `kind, but not:` and the facts that are not. */
export function allOf(kind: string, seen: string, facts: StateChecks): Sighting {
  const wrong = Object.entries(facts).filter(([, so]) => !so);
  if (wrong.length === 0) {
    const names = Object.keys(facts);
    return saw(kind, names.length === 0 ? seen : `${seen}; ${names.join(', ')}`);
  }
  return saw(`${kind}, but not: ${wrong.map(([name]) => name).join(', ')}`, seen);
}

/** One of two kinds. */
export function either(first: boolean, kind: string, otherwise: string, seen: string): Sighting {
  return saw(first ? kind : otherwise, seen);
}
