/** A comparison as one HTML page that needs nothing from elsewhere. */

import type { Cell, Comparison, PlatformComparison, ProgramComparison, Row } from './compare.ts';
import { faceOf, headline, type Shade, signs, summaryText, verdictWords } from './compare-cells.ts';
import { style } from './compare-style.ts';
import { escapeHtml as html } from './escape-html.ts';

export function renderComparisonHtml(comparison: Comparison): string {
  const title = headline(comparison);
  const { of, rows, columns, different } = comparison;
  const heads = columns.map(({ name }) => `<th scope="col"><span>${html(name)}</span></th>`).join('');
  const part = (heading: string, chosen: readonly Row<Cell>[]): readonly string[] =>
    chosen.length === 0
      ? []
      : [
          `<h2>${heading}</h2>`,
          // A region that scrolls has to be reachable by keyboard.
          `<div class="scroll" tabindex="0" role="region" aria-label="${heading}">`,
          `<table class="matrix ${of}"><thead><tr><th scope="col">${of === 'programs' ? 'requirement' : 'promise'}</th>${heads}</tr></thead><tbody>`,
          ...chosen.map((row) => rowHtml(row, of)),
          '</tbody></table></div>',
        ];
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${html(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main class="wide">',
    `<h1>${html(title)}</h1>`,
    ...comparison.notes.map((note) => `<p>${html(note)}</p>`),
    ...(comparison.of === 'programs' ? programs(comparison) : platforms(comparison)),
    ...(different === 0 ? ['<p>They do not differ.</p>'] : []),
    ...part(
      'Where they differ',
      rows.filter(({ differs }) => differs),
    ),
    ...part(
      'Where they agree',
      rows.filter(({ differs }) => !differs),
    ),
    ...(of === 'programs' ? [legend()] : []),
    ...(comparison.of === 'programs' ? without(comparison) : []),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function rowHtml({ id, title, cells }: Row<Cell>, of: Comparison['of']): string {
  const shown = cells.map((cell) => {
    const { sign, word, shade, detail } = faceOf(cell);
    const hint = detail === null ? '' : ` title="${html(detail)}"`;
    const face =
      of === 'programs'
        ? `<span aria-hidden="true">${sign}</span><span class="unseen-text">${html(word || 'not in that report')}</span>`
        : html(`${sign} ${word}`.trim());
    return `<td class="${shade}"${hint}>${face}</td>`;
  });
  return `<tr><th scope="row" title="${html(title)}">${html(id)}</th>${shown.join('')}</tr>`;
}

function tableHtml(
  head: readonly string[],
  rows: readonly (readonly CellHtml[])[],
  looks = 'plain',
): readonly string[] {
  return [
    '<div class="scroll" tabindex="0" role="region" aria-label="What is compared">',
    `<table class="${looks}"><thead><tr>${head.map((each) => `<th scope="col">${each}</th>`).join('')}</tr></thead><tbody>`,
    ...rows.map(
      (cells) =>
        `<tr>${cells.map(({ text, shade }) => `<td class="${shade}">${html(text)}</td>`).join('')}</tr>`,
    ),
    '</tbody></table></div>',
  ];
}

interface CellHtml {
  readonly text: string;
  readonly shade: Shade;
}

const plain = (text: string): CellHtml => ({ text, shade: 'plain' });

function programs({ columns }: ProgramComparison): readonly string[] {
  const platforms = new Set(columns.map(({ platform }) => platform));
  const several = platforms.size > 1;
  return [
    ...(several ? [] : [...platforms].map((platform) => `<p>On ${html(platform)}.</p>`)),
    ...tableHtml(
      [
        'program',
        'command',
        'package',
        ...(several ? ['platform'] : []),
        'profile',
        'verdict',
        'failures that decide',
        'conforms to',
        'requirements',
      ],
      columns.map(
        ({ name, package: from, platform, command, profile, verdict, summary, failed, conformsTo }) => [
          plain(name),
          plain(command),
          plain(from ?? ''),
          ...(several ? [plain(platform)] : []),
          plain(profile),
          { text: verdictWords[verdict].word, shade: verdictWords[verdict].shade },
          plain(String(failed.length)),
          plain(conformsTo.join(', ')),
          plain(summaryText(summary)),
        ],
      ),
      'columns',
    ),
  ];
}

function platforms({ columns }: PlatformComparison): readonly string[] {
  return tableHtml(
    ['platform', 'C library', 'holds', 'broken', 'implementation-defined', 'unsupported', 'unresolved'],
    columns.map(({ name, libc, summary }) =>
      [
        name,
        libc,
        String(summary.holds),
        String(summary.broken),
        String(summary['implementation-defined']),
        String(summary.unsupported),
        String(summary.unresolved),
      ].map(plain),
    ),
  );
}

function legend(): string {
  const items = signs.map(([sign, meaning]) => `${sign === ' ' ? 'empty:' : sign} ${meaning}`);
  return `<p class="legend">${items.map(html).join(' · ')}. A cell tells more when it is pointed at.</p>`;
}

function without({ without: skipped }: ProgramComparison): readonly string[] {
  if (skipped.length === 0) return [];
  return [
    '<h2>Without a report</h2>',
    ...tableHtml(
      ['program', 'package', 'because'],
      skipped.map(({ name, package: from, because }) => [name, from ?? '', because].map(plain)),
    ),
  ];
}
