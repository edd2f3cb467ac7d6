/** The report of a built-in suite: promises, what the system was seen to do, and what was expected of it. */

import type { Platform } from '../../facts/platform.ts';

export const suiteSchemaVersion = 1;

/**
 * `holds` and `broken` compare with what is expected here; `implementation-defined` is a fact about a choice the
 * standard leaves to the system; `unsupported`: the system lacks the call, or this run the means to try it;
 * `unresolved`: nothing can be said, because the promise's own process failed.
 */
export type PromiseVerdict = 'holds' | 'broken' | 'implementation-defined' | 'unsupported' | 'unresolved';

export const promiseVerdicts = [
  'holds',
  'broken',
  'implementation-defined',
  'unsupported',
  'unresolved',
] as const;

export interface PromiseResult {
  /** `setsid/group-leader` */
  readonly id: string;
  /** `setsid` */
  readonly call: string;
  readonly title: string;
  readonly clause: string;
  /** Rows of the catalogue that it covers: `K-SID-1`. */
  readonly rows: readonly string[];
  /** Ids of the requirements that rest on it. */
  readonly supports: readonly string[];
  /** What the run has to have to try it; null for nothing. */
  readonly needs: string | null;
  readonly verdict: PromiseVerdict;
  /** What the system did, in a word or two: `EPERM`, `acquires`, `reset to default`. */
  readonly kind: string;
  /** What was seen, or why there is nothing to see. */
  readonly seen: string;
  /** Kind expected on this platform; null if none is recorded. */
  readonly expected: string | null;
  /** Who says so, where it is not the clause itself. */
  readonly expectedBy: string | null;
  /** Kind the clause asks for, where some system is known to answer otherwise. */
  readonly standard: string | null;
}

export interface SuitePlatform extends Platform {
  /** C library the promises about C library functions were run with: that of the platform, or the one given. */
  readonly examinedLibc: string;
}

export interface SuiteReport {
  readonly schemaVersion: typeof suiteSchemaVersion;
  readonly kind: 'suite';
  readonly suite: string;
  readonly platform: SuitePlatform;
  readonly promises: readonly PromiseResult[];
  readonly summary: Readonly<Record<PromiseVerdict, number>>;
}
