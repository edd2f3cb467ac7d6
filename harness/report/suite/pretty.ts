/** A suite's report for a terminal: what is not as expected, and a line for the rest. */

import { escapeTerminal } from '../escape/terminal.ts';
import { wrap } from '../fit.ts';
import { coloured, type Paint, uncoloured } from '../paint.ts';
import type { PromiseResult, PromiseVerdict, SuiteReport } from './report.ts';

export interface SuitePrettyView {
  readonly color: boolean;
  readonly width: number;
  /** Every promise, not only those that need a word. */
  readonly verbose: boolean;
}

const marks: Readonly<Record<PromiseVerdict, string>> = {
  holds: '✓',
  broken: '✗',
  'implementation-defined': '·',
  unsupported: '-',
  unresolved: '?',
};

function painted(paint: Paint, verdict: PromiseVerdict, text: string): string {
  switch (verdict) {
    case 'holds':
      return paint.good(text);
    case 'broken':
      return paint.bad(text);
    case 'unresolved':
      return paint.doubtful(text);
    case 'implementation-defined':
    case 'unsupported':
      return paint.faint(text);
  }
}

function linesOf(promise: PromiseResult, paint: Paint, width: number): readonly string[] {
  const { verdict, id, title, kind, seen, expected, clause } = promise;
  const first = `  ${painted(paint, verdict, marks[verdict])} ${paint.strong(escapeTerminal(id))}  `;
  const lines = [`${first}${painted(paint, verdict, escapeTerminal(kind))}`];
  if (verdict !== 'broken' && verdict !== 'unresolved') return lines;
  const indent = { first: '      ', rest: '      ' };
  lines.push(...wrap(escapeTerminal(title), width, indent));
  if (expected !== null) lines.push(...wrap(`expected ${escapeTerminal(expected)}`, width, indent));
  lines.push(...wrap(`seen ${escapeTerminal(seen)}`, width, indent));
  lines.push(...wrap(escapeTerminal(clause), width, indent).map(paint.faint));
  return lines;
}

export function renderSuitePretty(report: SuiteReport, { color, width, verbose }: SuitePrettyView): string {
  const paint = color ? coloured : uncoloured;
  const { suite, platform, promises, summary } = report;
  const lines = [
    paint.strong(`${escapeTerminal(suite)}: ${promises.length} promises on ${escapeTerminal(platform.id)}`),
  ];
  if (platform.examinedLibc !== platform.libc) {
    lines.push(`C library examined: ${escapeTerminal(platform.examinedLibc)}`);
  }
  const told = verbose
    ? promises
    : promises.filter(({ verdict }) => verdict === 'broken' || verdict === 'unresolved');
  for (const promise of told) lines.push(...linesOf(promise, paint, width));
  lines.push(
    [
      painted(paint, 'holds', `${summary.holds} hold`),
      painted(paint, summary.broken > 0 ? 'broken' : 'unsupported', `${summary.broken} broken`),
      painted(
        paint,
        summary.unresolved > 0 ? 'unresolved' : 'unsupported',
        `${summary.unresolved} unresolved`,
      ),
      `${summary['implementation-defined']} implementation-defined`,
      `${summary.unsupported} unsupported`,
    ].join(', '),
  );
  return `${lines.join('\n')}\n`;
}
