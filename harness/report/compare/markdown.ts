/** A comparison as Markdown: the columns as a table of their own, then the requirements or promises, differences first. */

import { escapeMarkdown as cell, codeMarkdown } from '../escape/markdown.ts';
import { faceOf, headline, signs, summaryText, verdictWords } from './cells.ts';
import type { Cell, Comparison, PlatformComparison, ProgramComparison, Row } from './comparison.ts';

/** With more columns their names would make the table too wide to read: numbers stand for them. */
const namesAtMost = 6;

export function renderComparisonMarkdown(comparison: Comparison): string {
  const { columns, different } = comparison;
  const heads = columns.map(({ name }, i) => (columns.length > namesAtMost ? String(i + 1) : cell(name)));
  const parts = [
    `# ${headline(comparison)}`,
    ...comparison.notes.map(cell),
    ...(comparison.of === 'programs' ? ofPrograms(comparison) : ofPlatforms(comparison)),
    ...(different === 0 ? ['They do not differ.'] : []),
    ...section('Where they differ', comparison, heads, true),
    ...section('Where they agree', comparison, heads, false),
    ...(comparison.of === 'programs' ? without(comparison) : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function ofPrograms({ columns }: ProgramComparison): string[] {
  const packaged = columns.some((column) => column.package !== null);
  const platforms = [...new Set(columns.map(({ platform }) => platform))];
  const several = platforms.length > 1;
  const rows = columns.map(
    ({ name, package: from, platform, command, profile, verdict, summary, failed, conformsTo }, i) => [
      String(i + 1),
      cell(name),
      ...(packaged ? [cell(from ?? '')] : []),
      ...(several ? [cell(platform)] : []),
      codeMarkdown(command),
      profile,
      verdict === 'conforms' ? `**${verdictWords[verdict].word}**` : verdictWords[verdict].word,
      conformsTo.join(', '),
      summaryText(summary),
      failed.map(cell).join(', '),
    ],
  );
  const head = [
    '#',
    'program',
    ...(packaged ? ['package'] : []),
    ...(several ? ['platform'] : []),
    'command',
    'profile',
    'verdict',
    'conforms to',
    'requirements',
    'failures that decide',
  ];
  return [...(several ? [] : platforms.map((platform) => `On ${cell(platform)}.`)), table(head, rows)];
}

function ofPlatforms({ columns }: PlatformComparison): string[] {
  const rows = columns.map(({ name, libc, summary }, i) => [
    String(i + 1),
    cell(name),
    cell(libc),
    ...[
      summary.holds,
      summary.broken,
      summary['implementation-defined'],
      summary.unsupported,
      summary.unresolved,
    ].map(String),
  ]);
  return [
    table(
      [
        '#',
        'platform',
        'C library',
        'holds',
        'broken',
        'implementation-defined',
        'unsupported',
        'unresolved',
      ],
      rows,
    ),
  ];
}

function section(
  title: string,
  { of, rows }: Comparison,
  heads: readonly string[],
  differing: boolean,
): string[] {
  const part: readonly Row<Cell>[] = rows.filter(({ differs }) => differs === differing);
  if (part.length === 0) return [];
  const shown = (each: Cell): string => {
    const { sign, word } = faceOf(each);
    return of === 'programs' ? cell(sign).trim() : `${sign} ${cell(word)}`.trim();
  };
  const legend = signs
    .map(([sign, meaning]) => (sign === ' ' ? `empty: ${meaning}` : `${sign} ${meaning}`))
    .join(', ');
  return [
    `## ${title}`,
    table(
      [of === 'programs' ? 'requirement' : 'promise', ...heads],
      part.map(({ id, cells }) => [cell(id), ...cells.map(shown)]),
    ),
    ...(of === 'programs' ? [legend] : []),
  ];
}

function without({ without: programs }: ProgramComparison): string[] {
  if (programs.length === 0) return [];
  const rows = programs.map(({ name, package: from, because }) => [name, from ?? '', because].map(cell));
  return ['## Without a report', table(['program', 'package', 'because'], rows)];
}
