/** A batch for a terminal: a line per program with what decides, and why the others have none. */

import type { PrettyView } from '../check/pretty.ts';
import { isExpected, isUnexpectedPass } from '../check/verdict-lines.ts';
import { summaryText, verdictWords } from '../compare/cells.ts';
import { shaded } from '../compare/pretty.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { cut, wrap } from '../fit.ts';
import { coloured, uncoloured } from '../paint.ts';
import { sharedChangeLines } from './changes.ts';
import type { BatchReport } from './report.ts';

const nameAtMost = 28;

export function renderBatchPretty(report: BatchReport, { color, width, quiet, verbose }: PrettyView): string {
  const paint = color ? coloured : uncoloured;
  const { programs, skipped, unjudged, shard } = report;
  const names = [...programs, ...skipped, ...unjudged].map(({ name }) => escapeTerminal(name).length);
  const nameWidth = Math.min(nameAtMost, Math.max(0, ...names));
  const told = (name: string): string => cut(escapeTerminal(name), nameWidth).padEnd(nameWidth);
  const hanging = { first: `${' '.repeat(nameWidth)}  `, rest: `${' '.repeat(nameWidth)}  ` };
  const lines: string[] = [];
  for (const { name, report: one } of programs) {
    if (quiet && one.verdict === 'conforms') continue;
    const { word, shade } = verdictWords[one.verdict];
    const about = `${one.profile}, ${summaryText(one.summary)}`;
    lines.push(`${told(name)}  ${shaded(paint, shade, word.padEnd(16))}  ${paint.faint(about)}`);
    const deciding = one.results.filter(
      (each) =>
        isUnexpectedPass(each) ||
        (each.counts && each.outcome === 'fail') ||
        (one.verdict === 'not-judged' && each.counts && each.outcome === 'inconclusive'),
    );
    const ids = deciding.map((each) =>
      isUnexpectedPass(each) ? `${each.id} (passes unexpectedly)` : each.id,
    );
    const expected = one.results
      .filter(isExpected)
      .map(({ id, expectedFailure }) => `${id}: ${expectedFailure}`);
    if (ids.length > 0) lines.push(...wrap(escapeTerminal(ids.join(', ')), width, hanging));
    if (verbose)
      for (const each of expected)
        lines.push(...wrap(`expected to fail, ${escapeTerminal(each)}`, width, hanging));
  }
  for (const { name, because } of unjudged) {
    const first = `${told(name)}  ${paint.doubtful('not judged')}        `;
    lines.push(...wrap(escapeTerminal(because), width, { ...hanging, first }));
  }
  for (const { name, because } of quiet ? [] : skipped) {
    lines.push(
      ...wrap(`skipped: ${escapeTerminal(because)}`, width, { ...hanging, first: `${told(name)}  ` }).map(
        paint.faint,
      ),
    );
  }
  if (!quiet) lines.push('', ...sharedChangeLines(report, width));
  const conform = programs.filter(({ report: { verdict } }) => verdict === 'conforms').length;
  const parts = [
    `${conform} of ${programs.length} conform`,
    ...(unjudged.length === 0 ? [] : [`${unjudged.length} not judged`]),
    ...(skipped.length === 0 ? [] : [`${skipped.length} skipped`]),
    ...(shard === null ? [] : [`shard ${shard.index}/${shard.count}`]),
  ];
  lines.push(`${shaded(paint, verdictWords[report.verdict].shade, parts.join(', '))}`);
  return `${lines.join('\n')}\n`;
}
