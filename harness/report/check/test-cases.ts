/**
 * The report as tests, for formats that know nothing but tests: each requirement a test, each area a group. What counts
 * and could not be judged is an error, so that nobody takes a program that was not judged for one that conforms.
 */

import { type Result, unknownArea } from '../../facts/result.ts';
import { bounded } from '../escape/bounded.ts';
import type { Report } from '../report.ts';
import { type Detail, detailsOf } from './result-details.ts';
import { isExpected, isUnexpectedPass } from './verdict-lines.ts';

/** `errored`: not judged; `excused`: it fails, and that does not count. */
export type CaseOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed' | 'errored' | 'excused' | 'skipped'; readonly reason: string };

export interface TestCase {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  /** The outcome, in the words of the report. */
  readonly outcome: string;
  readonly told: CaseOutcome;
  readonly details: readonly Detail[];
}

export interface TestGroup {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

const reasonAtMost = 500;

export function testGroups(report: Report): readonly TestGroup[] {
  const groups = new Map<string, TestCase[]>();
  for (const result of report.results) {
    const area = result.area ?? unknownArea;
    const cases = groups.get(area) ?? [];
    groups.set(area, cases);
    cases.push({
      id: result.id,
      title: bounded(result.title, reasonAtMost),
      level: result.level ?? '',
      outcome: result.outcome,
      told: tell(result, report),
      details: detailsOf(result, report),
    });
  }
  return [...groups].map(([name, cases]) => ({ name, cases }));
}

function tell(result: Result, { profile }: Report): CaseOutcome {
  const told = (kind: Exclude<CaseOutcome['kind'], 'passed'>, reason: string): CaseOutcome => ({
    kind,
    reason: bounded(reason, reasonAtMost),
  });
  const expectedFailure = result.expectedFailure ?? '';
  switch (result.outcome) {
    case 'pass':
      return isUnexpectedPass(result)
        ? told('failed', `expected to fail (${expectedFailure}), but passes: take it out of expectedFailures`)
        : { kind: 'passed' };
    case 'fail':
      if (isExpected(result)) return told('excused', `expected failure: ${expectedFailure}`);
      if (!result.counts) return told('excused', `${result.level ?? 'it'} does not count in ${profile}`);
      return told('failed', result.title);
    case 'inconclusive':
      return told(
        result.counts ? 'errored' : 'skipped',
        `could not be judged: ${result.because ?? 'no reason is given'}`,
      );
    case 'inapplicable':
      return told('skipped', `does not apply: ${result.because ?? 'no reason is given'}`);
  }
}
