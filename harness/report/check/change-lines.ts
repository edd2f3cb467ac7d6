/** The fix list for a terminal: each change once, the code to copy, and what it repairs. */

import { bounded } from '../escape/bounded.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { wrap } from '../fit.ts';
import type { Report } from '../report.ts';
import { changesHeading, changesOf, declareWords, type NumberedChange, purposes } from './change-words.ts';
import type { ResultView } from './result-lines.ts';

const textAtMost = 2_000;

/** Nothing where it conforms, unless every detail is wanted. */
export function changeLines(report: Report, view: ResultView): string[] {
  const { paint, verbose } = view;
  if (report.verdict !== 'does-not-conform' && !verbose) return [];
  const changes = changesOf(report).filter(({ level }) => verbose || level !== 'may');
  if (changes.length === 0) return [];
  return [`${paint.strong(changesHeading(changes))}:`, ...changes.flatMap((each) => one(each, view)), ''];
}

function purposeWords(change: NumberedChange): string {
  return purposes(change)
    .map(({ verb, ids }) => `${verb} ${ids.join(', ')}`)
    .join('; ');
}

function one(change: NumberedChange, { width, paint }: ResultView): string[] {
  const indent = '    ';
  const text = (words: string, rest = indent): string[] =>
    wrap(escapeTerminal(bounded(words, textAtMost)), width, { first: indent, rest });
  const [first = '', ...others] = text(change.change);
  const number = `${String(change.number).padStart(2)}. `;
  const declared = declareWords(change);
  return [
    paint.strong(number) + first.slice(indent.length),
    ...others,
    // As they are: they are there to be copied.
    ...change.code.flatMap((place, index) => [
      ...(index === 0 ? [] : ['']),
      ...bounded(place, 5_000)
        .split('\n')
        .map((line) => `${indent}  ${paint.faint(escapeTerminal(line))}`),
    ]),
    ...(declared === null ? [] : text(declared)),
    ...text(`${purposeWords(change)} (${change.level})`, `${indent}  `),
  ];
}
