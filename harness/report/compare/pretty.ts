/** A comparison for a terminal: numbered columns above a line of signs per requirement, or a word per platform. */

import { escapeTerminal } from '../escape/terminal.ts';
import { cut, wrap } from '../fit.ts';
import { coloured, type Paint, uncoloured } from '../paint.ts';
import { faceOf, headline, type Shade, signs, summaryText, verdictWords } from './cells.ts';
import type { Cell, Comparison, PlatformComparison, ProgramComparison, Row } from './comparison.ts';

export interface ComparisonView {
  readonly color: boolean;
  readonly width: number;
}

interface Drawing {
  readonly paint: Paint;
  readonly width: number;
}

export function renderComparisonPretty(comparison: Comparison, { color, width }: ComparisonView): string {
  const drawing = { paint: color ? coloured : uncoloured, width };
  const lines = [
    drawing.paint.strong(headline(comparison)),
    ...comparison.notes.flatMap((note) => wrap(note, width, { first: '', rest: '' })),
    '',
    ...(comparison.of === 'programs' ? programs(comparison, drawing) : platforms(comparison, drawing)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

export function shaded(paint: Paint, shade: Shade, text: string): string {
  return shade === 'plain' ? text : paint[shade](text);
}

function programs(comparison: ProgramComparison, drawing: Drawing): string[] {
  const { columns, without } = comparison;
  const { paint, width } = drawing;
  const digits = String(columns.length).length;
  const nameWidth = Math.min(28, Math.max(0, ...columns.map(({ name }) => escapeTerminal(name).length)));
  return [
    ...columns.map(({ name, verdict, profile, summary, failed }, i) => {
      const shown = cut(escapeTerminal(name), nameWidth).padEnd(nameWidth);
      const { word, shade } = verdictWords[verdict];
      const deciding = failed.length === 0 ? '' : `${failed.length} decide, `;
      const rest = `${deciding}${profile}, ${summaryText(summary)}`;
      const said = `${word} `.padEnd(17);
      const room = Math.max(0, width - digits - nameWidth - said.length - 3);
      return `${String(i + 1).padStart(digits)} ${shown}  ${shaded(paint, shade, said)}${paint.faint(cut(rest, room))}`;
    }),
    '',
    ...matrix(comparison, drawing, columns.length),
    ...without.flatMap(({ name, because }) =>
      wrap(escapeTerminal(because), width, {
        first: `without report: ${escapeTerminal(name)}: `,
        rest: '  ',
      }),
    ),
  ];
}

/** The widest an id may be before it is cut. */
const idAtMost = 36;

function matrix(
  { rows, notes: _, ...counts }: ProgramComparison,
  drawing: Drawing,
  columns: number,
): string[] {
  const { paint, width } = drawing;
  if (rows.length === 0) return [counts.different === 0 ? 'They do not differ.' : 'No rows.', ''];
  const idWidth = Math.min(idAtMost, Math.max(...rows.map(({ id }) => escapeTerminal(id).length)));
  const cellWidth = String(columns).length + 1;
  const perBlock = Math.max(1, Math.floor((width - idWidth) / cellWidth));
  const lines: string[] = [];
  for (let from = 0; from < columns; from += perBlock) {
    const to = Math.min(columns, from + perBlock);
    const numbers = Array.from({ length: to - from }, (_each, i) => String(from + i + 1).padStart(cellWidth));
    lines.push(
      ...sections(rows, drawing, (part) => [
        paint.faint(`${' '.repeat(idWidth)}${numbers.join('')}`),
        ...part.map(({ id, cells }) => {
          const signsOf = cells.slice(from, to).map((cell) => {
            const { sign, shade } = faceOf(cell);
            return ' '.repeat(cellWidth - 1) + shaded(paint, shade, sign);
          });
          return `${cut(escapeTerminal(id), idWidth).padEnd(idWidth)}${signsOf.join('')}`.trimEnd();
        }),
      ]),
    );
  }
  const legend = signs.flatMap(([sign, meaning]) =>
    sign === ' ' ? [`blank ${meaning}`] : [`${sign} ${meaning}`],
  );
  return [...lines, ...wrap(legend.join(', '), width, { first: '', rest: '' }).map(paint.faint), ''];
}

function sections<C extends Cell>(
  rows: readonly Row<C>[],
  { paint }: Drawing,
  draw: (part: readonly Row<C>[]) => readonly string[],
): string[] {
  const different = rows.filter(({ differs }) => differs);
  const same = rows.filter(({ differs }) => !differs);
  const one = (title: string, part: readonly Row<C>[]): readonly string[] =>
    part.length === 0 ? [] : [paint.strong(title), ...draw(part), ''];
  return [...one('differ', different), ...one('the same', same)];
}

function platforms({ columns, rows, different }: PlatformComparison, drawing: Drawing): string[] {
  const { paint, width } = drawing;
  const list = columns.map(({ name, summary }, i) => {
    const { holds, broken, unresolved, unsupported } = summary;
    const counts = `${holds} hold, ${broken} broken, ${unresolved} unresolved, ${unsupported} unsupported`;
    return cut(`${i + 1} ${escapeTerminal(name)}  ${counts}`, width);
  });
  if (rows.length === 0) return [...list, '', different === 0 ? 'They do not differ.' : 'No rows.'];
  const idWidth = Math.min(idAtMost, Math.max(...rows.map(({ id }) => escapeTerminal(id).length)));
  const room = Math.floor((width - idWidth) / Math.max(1, columns.length)) - 4;
  const wordWidth = Math.max(
    8,
    Math.min(
      room,
      Math.max(...rows.flatMap(({ cells }) => cells.map((cell) => escapeTerminal(faceOf(cell).word).length))),
    ),
  );
  return [
    ...list,
    '',
    ...sections(rows, drawing, (part) => [
      paint.faint(
        `${' '.repeat(idWidth)}${columns.map((_each, i) => `  ${String(i + 1).padEnd(wordWidth + 2)}`).join('')}`.trimEnd(),
      ),
      ...part.map(({ id, cells }) => {
        const words = cells.map((cell) => {
          const { sign, word, shade } = faceOf(cell);
          return `  ${shaded(paint, shade, `${sign} ${cut(escapeTerminal(word), wordWidth).padEnd(wordWidth)}`)}`;
        });
        return `${cut(escapeTerminal(id), idWidth).padEnd(idWidth)}${words.join('')}`.trimEnd();
      }),
    ]),
  ];
}
