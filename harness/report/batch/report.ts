/** The report of a batch: the check reports of many programs, and why the others have none. */

import type { Platform } from '../../facts/platform.ts';
import type { Verdict } from '../../facts/result.ts';
import type { Report } from '../report.ts';

export const batchSchemaVersion = 1;

/** One of `count` parts of a batch, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

interface BatchEntryName {
  /** Unique in its batch. */
  readonly name: string;
  /** Package of the distribution that the program comes from; null if none was declared. */
  readonly package: string | null;
}

export interface BatchProgram extends BatchEntryName {
  /** The command as declared: `{dir}` stands for the private directory. */
  readonly command: readonly string[];
  readonly report: Report;
}

/** Of a skipped program, what it needs and this machine lacks; of an unjudged one, what went wrong. */
export interface WithoutReport extends BatchEntryName {
  readonly because: string;
}

export interface BatchReport {
  readonly schemaVersion: typeof batchSchemaVersion;
  readonly kind: 'batch';
  readonly tool: { readonly name: 'daemon-conformance'; readonly version: string };
  readonly platform: Platform;
  /** null: the whole batch. */
  readonly shard: Shard | null;
  /** In the order of their names, so that reports of shards join to the report of the whole. */
  readonly programs: readonly BatchProgram[];
  readonly skipped: readonly WithoutReport[];
  /** Their setup or the harness failed. */
  readonly unjudged: readonly WithoutReport[];
  readonly verdict: Verdict;
}

export function byName(a: BatchEntryName, b: BatchEntryName): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

/** The worst of all: a failure outweighs what could not be judged, and that what conforms. */
export function batchVerdict({ programs, unjudged }: Pick<BatchReport, 'programs' | 'unjudged'>): Verdict {
  const verdicts = programs.map(({ report }) => report.verdict);
  if (verdicts.includes('does-not-conform')) return 'does-not-conform';
  if (verdicts.includes('not-judged') || unjudged.length > 0) return 'not-judged';
  return verdicts.includes('conforms') ? 'conforms' : 'not-applicable';
}
