/** Reports side by side, as `--format json` writes them: shapes only. `comparison.schema.json` is their published schema. */

import type { Level, Outcome, Summary, Verdict } from '../../facts/result.ts';
import type { ProfileName } from '../../judge/profile.ts';
import type { Change } from '../../judge/repair.ts';
import type { BatchReport, WithoutReport } from '../batch/report.ts';
import type { Report } from '../report.ts';
import type { PromiseVerdict, SuiteReport } from '../suite/report.ts';

export const comparisonSchemaVersion = 1;

export interface ProgramCell {
  readonly kind: 'outcome';
  readonly outcome: Outcome;
  readonly level: Level | null;
  readonly counts: boolean;
  readonly expectedFailure: string | null;
  /** What was asked for and found, or why nothing can be said; null where it passes. */
  readonly detail: string | null;
}

export interface PromiseCell {
  readonly kind: 'promise';
  readonly seen: string;
  readonly verdict: PromiseVerdict;
  readonly detail: string;
}

/** The report does not know the row: it was left out of that run, or is not tried there. */
export interface AbsentCell {
  readonly kind: 'absent';
}

export type Cell = ProgramCell | PromiseCell | AbsentCell;

export interface Row<C extends Cell> {
  readonly id: string;
  readonly title: string;
  readonly differs: boolean;
  /** One for each column. */
  readonly cells: readonly (C | AbsentCell)[];
}

export interface ProgramColumn {
  readonly name: string;
  readonly command: string;
  readonly package: string | null;
  readonly platform: string;
  readonly profile: ProfileName;
  readonly strict: boolean;
  readonly verdict: Verdict;
  readonly summary: Summary;
  /** Ids of the failures that decide. */
  readonly failed: readonly string[];
  /** Profiles it conforms to. */
  readonly conformsTo: readonly ProfileName[];
  /** Its fix list, in the words of its language. Comparisons of former versions do not have it. */
  readonly changes?: readonly Change[];
}

export interface PlatformColumn {
  readonly name: string;
  readonly platform: string;
  readonly libc: string;
  readonly suite: string;
  readonly summary: SuiteReport['summary'];
}

/** What every comparison has. */
export interface ComparisonBase {
  readonly schemaVersion: typeof comparisonSchemaVersion;
  readonly kind: 'comparison';
  readonly notes: readonly string[];
  readonly total: number;
  readonly different: number;
}

export interface ProgramComparison extends ComparisonBase {
  readonly of: 'programs';
  readonly columns: readonly ProgramColumn[];
  /** Those that differ come first. */
  readonly rows: readonly Row<ProgramCell>[];
  /** Programs of a batch that have no column. */
  readonly without: readonly WithoutReport[];
}

export interface PlatformComparison extends ComparisonBase {
  readonly of: 'platforms';
  readonly columns: readonly PlatformColumn[];
  readonly rows: readonly Row<PromiseCell>[];
}

export type Comparison = ProgramComparison | PlatformComparison;

/** A report and the file it is from, as the user knows it. */
export type ComparisonInput =
  | { readonly kind: 'check'; readonly file: string; readonly report: Report }
  | { readonly kind: 'suite'; readonly file: string; readonly report: SuiteReport }
  | { readonly kind: 'batch'; readonly file: string; readonly report: BatchReport };

export type Compare =
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
  | { readonly kind: 'refused'; readonly because: string };
