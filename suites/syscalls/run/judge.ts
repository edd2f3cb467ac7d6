/** From what was seen to a verdict. */

import type { PromiseVerdict } from '../../../harness/report/suite/report.ts';
import type { Expectation, KernelPromise, Sighting, System } from './promise.ts';

/** A promise's process ran and said something, or it did not. */
export type Observation = Sighting | { readonly type: 'unresolved'; readonly because: string };

export interface ExpectedKind {
  readonly kind: string;
  /** Who says so, where it is not the clause itself. */
  readonly source: string | null;
}

/** What is expected on the first of these systems that has an expectation: the C library comes before the kernel. */
export function expectedOn(expectation: Expectation, systems: readonly System[]): ExpectedKind | null {
  if (typeof expectation === 'string') return { kind: expectation, source: null };
  for (const system of systems) {
    const found = expectation[system];
    if (found !== undefined) return typeof found === 'string' ? { kind: found, source: null } : found;
  }
  return null;
}

export interface PromiseJudgement {
  readonly verdict: PromiseVerdict;
  readonly kind: string;
  readonly seen: string;
}

export function judge(
  { implementationDefined }: Pick<KernelPromise, 'implementationDefined'>,
  expected: ExpectedKind | null,
  observation: Observation,
): PromiseJudgement {
  switch (observation.type) {
    case 'unresolved':
      return { verdict: 'unresolved', kind: 'unresolved', seen: observation.because };
    case 'unsupported':
      return { verdict: 'unsupported', kind: 'unsupported', seen: observation.because };
    case 'seen': {
      const { kind, seen } = observation;
      if (implementationDefined) return { verdict: 'implementation-defined', kind, seen };
      if (expected === null) {
        return { verdict: 'unresolved', kind, seen: `${seen}; no expectation is recorded for this system` };
      }
      return { verdict: kind === expected.kind ? 'holds' : 'broken', kind, seen };
    }
  }
}
