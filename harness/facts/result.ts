/** What became of a requirement: its outcome, with everything a person needs to check it by hand. */

import type { StartName } from './start-state.ts';

export type Level = 'must' | 'should' | 'may';

/** A source and the place in it: `{ work: 'POSIX.1-2024', at: 'XSH setsid(), DESCRIPTION' }`. */
export interface Source {
  readonly work: string;
  readonly at: string;
}

/** What requirements are about, in the reader's order: what a daemon is first, what it may do last. */
export const areas = [
  'process',
  'session',
  'terminal',
  'files',
  'descriptors',
  'signals',
  'environment',
  'privileges',
  'start-up',
  'stopping',
] as const;
export type Area = (typeof areas)[number];

/** Of a result that does not tell its area, in a report of an earlier version. */
export const unknownArea = 'other';

export type Outcome = 'pass' | 'fail' | 'inconclusive' | 'inapplicable';
export type Verdict = 'conforms' | 'does-not-conform' | 'not-judged' | 'not-applicable';

export interface Result {
  readonly id: string;
  /** What it is about; absent in reports that were written before it was told. */
  readonly area?: Area;
  /** What holds; of a failed one, what is wrong. */
  readonly title: string;
  /** null: the profile does not ask for it, and the outcome is `inapplicable`. */
  readonly level: Level | null;
  readonly outcome: Outcome;
  /** A failure decides the verdict: a must, with `strict` a should; not one that is expected to fail. */
  readonly counts: boolean;
  /** The reason given in the configuration for an expected failure; null if none is expected. One that passes fails the run. */
  readonly expectedFailure: string | null;
  /** The start state that decided; null if it was the same under every one. */
  readonly start: StartName | null;
  /** Outcome under every start state it was judged under. */
  readonly starts: Readonly<Partial<Record<StartName, Outcome>>>;
  /** Process it was found on; null if it concerns the launch as a whole or held for all. */
  readonly pid: number | null;
  readonly expected: string | null;
  readonly actual: string | null;
  /** Why it is inconclusive or inapplicable. */
  readonly because: string | null;
  /** What would make an inconclusive one judgeable. */
  readonly wouldHelp: string | null;
  /** The step that is missing or came in the wrong order; absent where no trace shows one. */
  readonly step?: string;
  readonly evidence: readonly string[];
  readonly sources: readonly Source[];
  readonly remedy: string;
}

export interface Summary {
  readonly pass: number;
  readonly fail: number;
  readonly inconclusive: number;
  readonly inapplicable: number;
}

export interface ProfileVerdict {
  readonly verdict: Verdict;
  /** Ids of the failed requirements that count. */
  readonly failed: readonly string[];
  readonly inconclusive: readonly string[];
}
