/** The verdict, the counts behind it, and what other profiles say. */

import type { Outcome, ProfileVerdict, Result } from '../../facts/result.ts';
import { levels, profileNames } from '../../judge/profile.ts';
import { wrap } from '../fit.ts';
import type { Paint } from '../paint.ts';
import type { Report } from '../report.ts';

const countedOutcomes: readonly Outcome[] = ['pass', 'fail', 'inconclusive'];

export function isExpected({ expectedFailure, outcome }: Result): boolean {
  return expectedFailure !== null && outcome === 'fail';
}

export function isUnexpectedPass({ expectedFailure, outcome }: Result): boolean {
  return expectedFailure !== null && outcome === 'pass';
}

/** `must 23 pass, 1 fail · should 11 pass` */
export function countsLine({ results }: Report): string {
  return levels
    .flatMap((level) => {
      const ofLevel = results.filter((each) => each.level === level);
      const counted = countedOutcomes.flatMap((outcome) => {
        const count = ofLevel.filter((each) => each.outcome === outcome).length;
        return count === 0 ? [] : [`${count} ${outcome}`];
      });
      return counted.length === 0 ? [] : [`${level} ${counted.join(', ')}`];
    })
    .join(' · ');
}

/** `2026-11-28 10:20:03 UTC` */
export function dateWords({ startedAt }: Pick<Report, 'startedAt'>): string {
  return `${startedAt.slice(0, 10)} ${startedAt.slice(11, 19)} UTC`;
}

/** `1.2 s`, `350 ms` */
export function durationWords({ durationMs }: Pick<Report, 'durationMs'>): string {
  return durationMs < 1_000 ? `${durationMs} ms` : `${(durationMs / 1_000).toFixed(1)} s`;
}

export function verdictLine({ verdict, profile, strict, results }: Report, paint: Paint): string {
  const by = strict ? `${profile} (strict)` : profile;
  switch (verdict) {
    case 'conforms':
      return `${paint.good('conforms')} to ${by}`;
    case 'does-not-conform':
      return `${paint.bad('does not conform')} to ${by}${reasons(results)}`;
    case 'not-judged': {
      const open = results.filter(({ outcome, counts }) => counts && outcome === 'inconclusive').length;
      return `${paint.doubtful('not judged')} by ${by}: nothing that counts failed, but ${open} could not be judged`;
    }
    case 'not-applicable':
      return `${paint.doubtful('not applicable')}: nothing that counts in ${by} applies`;
  }
}

function reasons(results: readonly Result[]): string {
  const failed = results.filter((each) => each.counts && each.outcome === 'fail' && !isExpected(each)).length;
  const surprises = results.filter(isUnexpectedPass).length;
  const parts = [
    ...(failed === 0 ? [] : [failed === 1 ? '1 requirement fails' : `${failed} requirements fail`]),
    ...(surprises === 0 ? [] : [`${surprises} expected to fail ${surprises === 1 ? 'passes' : 'pass'}`]),
  ];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

/** `also: classic yes, apue yes, pep3143 no (2)`, the nearest first. */
export function alsoLines({ profile, profiles }: Report, width: number): string[] {
  const others = profileNames
    .filter((name) => name !== profile)
    .map((name) => ({ name, verdict: profiles[name] }))
    .sort((a, b) => distance(a.verdict) - distance(b.verdict));
  const text = others.map(({ name, verdict }) => `${name}\u00a0${answer(verdict)}`).join(', ');
  // A profile and its answer stay on one line.
  return wrap(text, width, { first: 'also: ', rest: '      ' }).map((line) => line.replaceAll('\u00a0', ' '));
}

/** How far a program is from a profile: failures first, then what is not judged. */
export function distance({ verdict, failed, inconclusive }: ProfileVerdict): number {
  switch (verdict) {
    case 'conforms':
      return 0;
    case 'does-not-conform':
      return failed.length;
    case 'not-judged':
      return 1_000 + inconclusive.length;
    case 'not-applicable':
      return 10_000;
  }
}

function answer({ verdict, failed }: ProfileVerdict): string {
  switch (verdict) {
    case 'conforms':
      return 'yes';
    case 'does-not-conform':
      return `no\u00a0(${failed.length})`;
    case 'not-judged':
      return 'not\u00a0judged';
    case 'not-applicable':
      return 'n/a';
  }
}
