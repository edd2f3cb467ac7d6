/** The traced steps for a terminal: a line for each process in turn. */

import type { Run } from '../../facts/run.ts';
import { bounded } from '../escape/bounded.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { cut, wrap } from '../fit.ts';
import type { Paint } from '../paint.ts';
import { type StepPiece, stepPieces } from './step-words.ts';

export interface StepView {
  readonly width: number;
  readonly paint: Paint;
  /** Every step after every start; else those of the first start that was traced, without what came before. */
  readonly every: boolean;
}

export function stepLines(runs: readonly Run[], { width, paint, every }: StepView): string[] {
  const traced = runs.flatMap(({ start, trace }) => (trace?.kind === 'traced' ? [{ start, trace }] : []));
  const shown = every ? traced : traced.slice(0, 1);
  return [
    ...runs.flatMap(({ start, trace }) =>
      trace?.kind === 'untraced' && (every || traced.length === 0)
        ? [paint.doubtful(`not traced after the ${start} start: ${escapeTerminal(trace.because)}`)]
        : [],
    ),
    ...shown.flatMap(({ start, trace }) => {
      const pieces = stepPieces(trace, { every });
      const left = trace.left === 0 ? [] : [`  and ${trace.left} more`];
      const others = traced.length - shown.length;
      const more = others === 0 ? '' : ` (-v: of ${others} more)`;
      const heading = `steps after the ${start} start, traced by ${escapeTerminal(bounded(trace.by, 20))}${more}`;
      return [
        paint.faint(cut(heading, width)),
        ...pieces.flatMap((piece) => pieceLines(piece, width)),
        ...left,
        '',
      ];
    }),
  ];
}

function pieceLines({ pid, role, phrases }: StepPiece, width: number): string[] {
  // A call stays on one line.
  const text = phrases.map(({ words }) => escapeTerminal(words).replaceAll(' ', '\u00a0')).join(', ');
  const first = `  ${String(pid).padStart(7)} ${role.padEnd(13)}`;
  return wrap(text, width, { first, rest: ' '.repeat(first.length) }).map((line) =>
    line.replaceAll('\u00a0', ' '),
  );
}
