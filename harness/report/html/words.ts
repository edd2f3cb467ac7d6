/** Outcomes and verdicts in words, and the shape that stands beside each, so that none rests on colour. */

import type { Outcome, Result, Verdict } from '../../facts/result.ts';
import { isExpected, isUnexpectedPass } from '../check/verdict-lines.ts';
import { html, type Markup } from './markup.ts';

/** How a result is shown: its outcome, or that it was expected to be another. */
export type Shape = Outcome | 'excused' | 'surprise' | 'advice';

export function shapeOf(result: Result): Shape {
  if (isExpected(result)) return 'excused';
  if (isUnexpectedPass(result)) return 'surprise';
  return result.outcome === 'fail' && !result.counts ? 'advice' : result.outcome;
}

export const shapeWords: Readonly<Record<Shape, string>> = {
  pass: 'passes',
  fail: 'fails',
  advice: 'fails, does not count',
  inconclusive: 'not judged',
  inapplicable: 'does not apply',
  excused: 'fails as expected',
  surprise: 'passes unexpectedly',
};

export const glyphs: Readonly<Record<Shape, string>> = {
  pass: '✓',
  fail: '✕',
  advice: '!',
  inconclusive: '?',
  inapplicable: '–',
  excused: '≈',
  surprise: '✓!',
};

/** Decoration: the words stand beside it. */
export function badge(shape: Shape): Markup {
  return html`<span class="badge ${shape}" aria-hidden="true">${glyphs[shape]}</span>`;
}

export const verdictShapes: Readonly<Record<Verdict, Shape>> = {
  conforms: 'pass',
  'does-not-conform': 'fail',
  'not-judged': 'inconclusive',
  'not-applicable': 'inapplicable',
};

export const verdictWords: Readonly<Record<Verdict, string>> = {
  conforms: 'conforms to',
  'does-not-conform': 'does not conform to',
  'not-judged': 'could not be judged by',
  'not-applicable': 'has nothing that counts in',
};
