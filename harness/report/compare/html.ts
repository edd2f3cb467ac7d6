/** A comparison as one HTML page that needs nothing from elsewhere. */

import type { Verdict } from '../../facts/result.ts';
import { bounded } from '../escape/bounded.ts';
import { codeLines } from '../html/changes.ts';
import { html, type Markup, nothing, raw } from '../html/markup.ts';
import { policyFor } from '../html/policy.ts';
import { proportion } from '../html/proportion.ts';
import { badge, glyphs, type Shape, shapeWords, verdictShapes } from '../html/words.ts';
import { promiseVerdicts } from '../suite/report.ts';
import { faceOf, headline } from './cells.ts';
import type {
  Cell,
  Comparison,
  PlatformColumn,
  PlatformComparison,
  ProgramColumn,
  ProgramComparison,
  Row,
} from './comparison.ts';
import { style } from './style.ts';

const textAtMost = 500;

/** @param first what stands before the tables */
export function renderComparisonHtml(comparison: Comparison, first: Markup = nothing): string {
  const { rows, different, total } = comparison;
  const differing = rows.filter(({ differs }) => differs);
  const agreeing = rows.filter(({ differs }) => !differs);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyFor(style)}">
<title>${headline(comparison)}</title>
<style>${raw(style)}</style>
</head>
<body>
<main class="page comparison">
<header>
<h1>${counted(comparison)}</h1>
<p class="difference">${different === 0 ? 'They do not differ.' : html`<strong>${different}</strong> of ${total} ${noun(comparison)} differ.`}</p>
${comparison.notes.map((note) => html`<p class="quiet">${note}</p>`)}
${comparison.of === 'programs' ? onPlatforms(comparison) : nothing}
</header>
${first}
${comparison.of === 'programs' ? programs(comparison) : platforms(comparison)}
${
  differing.length === 0
    ? nothing
    : html`<h2>Where they differ</h2>
${comparison.of === 'programs' ? legend(differing) : nothing}
${matrix('Where they differ', differing, comparison)}`
}
${
  agreeing.length === 0
    ? nothing
    : html`<h2>Where they agree</h2>
<details${differing.length === 0 ? html` open` : nothing}><summary>${agreeing.length} ${noun(comparison)}, for which all that were judged say the same</summary>
${matrix('Where they agree', agreeing, comparison)}</details>`
}
${comparison.of === 'programs' ? fixLists(comparison) : nothing}
${comparison.of === 'programs' ? without(comparison) : nothing}
</main>
</body>
</html>
`.markup;
}

const noun = ({ of }: Comparison): string => (of === 'programs' ? 'requirements' : 'promises');

function counted({ of, columns, total }: Comparison): string {
  const [one, other] = of === 'programs' ? ['program', 'requirement'] : ['platform', 'promise'];
  const several = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  return `${several(columns.length, one)}, ${several(total, other)}`;
}

function onPlatforms({ columns }: ProgramComparison): Markup {
  const [only, ...others] = [...new Set(columns.map(({ platform }) => platform))];
  return only === undefined || others.length > 0 ? nothing : html`<p class="quiet">On ${only}</p>`;
}

function programs({ columns }: ProgramComparison): Markup {
  const several = new Set(columns.map(({ platform }) => platform)).size > 1;
  return html`<section aria-label="Programs"><ul class="programs">${columns.map((column) => program(column, several))}
</ul></section>`;
}

function program(column: ProgramColumn, several: boolean): Markup {
  const { name, command, package: from, platform, profile, verdict, summary, failed, conformsTo } = column;
  const { pass, fail, inconclusive } = summary;
  const facts = [
    `${pass} pass, ${fail} fail${inconclusive === 0 ? '' : `, ${inconclusive} not judged`}`,
    ...(conformsTo.length === 0 ? [] : [`conforms to ${conformsTo.join(', ')}`]),
  ];
  const origin = [...(from === null ? [] : [`package ${from}`]), ...(several ? [platform] : [])];
  return html`
<li class="${verdictShapes[verdict]}"><div class="name"><strong>${bounded(name, 100)}</strong>${origin.map((each) => html` <span class="quiet">${bounded(each, 100)}</span>`)}
<code>${bounded(command, textAtMost)}</code></div>
<div class="answer">${badge(verdictShapes[verdict])}<span>${answers[verdict]} <strong>${profile}</strong>${failed.length === 0 ? '' : `, ${failed.length} fail`}</span></div>
<div class="tally">${proportion([pass, fail, inconclusive])}<span class="quiet">${facts.join(' · ')}</span></div></li>`;
}

const answers: Readonly<Record<Verdict, string>> = {
  conforms: 'conforms to',
  'does-not-conform': 'does not conform to',
  'not-judged': 'not judged by',
  'not-applicable': 'nothing counts in',
};

/** Each program's own, folded: what its maintainer is sent. */
function fixLists({ columns }: ProgramComparison): Markup {
  const lists = columns.filter(({ changes = [] }) => changes.length > 0);
  if (lists.length === 0) return nothing;
  return html`<h2>Fix lists</h2>
${lists.map(fixList)}`;
}

function fixList({ name, changes = [] }: ProgramColumn): Markup {
  const count = `${changes.length} change${changes.length === 1 ? '' : 's'}`;
  return html`<details><summary>${bounded(name, 100)}: ${count}</summary>
<ol class="changes">${changes.map(
    ({ change, code, level, repairs }) => html`
<li><p>${bounded(change, textAtMost)}</p>
${code.map((place) => html`<pre tabindex="0"><code>${codeLines(place)}</code></pre>\n`)}<p class="quiet">${level}, repairs ${repairs.join(', ')}</p></li>`,
  )}
</ol></details>
`;
}

function platforms({ columns }: PlatformComparison): Markup {
  const row = ({ name, libc, summary }: PlatformColumn): Markup =>
    html`<tr><th scope="row">${bounded(name, 100)}</th><td>${bounded(libc, 100)}</td>${promiseVerdicts.map((verdict) => html`<td class="number">${summary[verdict]}</td>`)}</tr>
`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Platforms">
<table><thead><tr><th scope="col">platform</th><th scope="col">C library</th>${promiseVerdicts.map((verdict) => html`<th scope="col" class="number">${verdict}</th>`)}</tr></thead>
<tbody>${columns.map(row)}</tbody></table></div>`;
}

/** A region that scrolls has to be reachable by keyboard. */
function matrix(label: string, rows: readonly Row<Cell>[], { of, columns }: Comparison): Markup {
  const upright = of === 'programs' && columns.length > 4;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
<table class="matrix ${of}${upright ? ' upright' : ''}"><thead><tr><th scope="col">${of === 'programs' ? 'requirement' : 'promise'}</th>${columns.map(({ name }) => html`<th scope="col"><span>${bounded(name, 60)}</span></th>`)}</tr></thead>
<tbody>${rows.map(rowOf)}</tbody></table></div>`;
}

function rowOf({ id, title, cells }: Row<Cell>): Markup {
  return html`<tr><th scope="row" title="${bounded(title, textAtMost)}">${id}</th>${cells.map(cellOf)}</tr>
`;
}

function cellOf(cell: Cell): Markup {
  const { detail, word } = faceOf(cell);
  const hint = detail === null ? nothing : html` title="${bounded(detail, textAtMost)}"`;
  switch (cell.kind) {
    case 'absent':
      return html`<td><span class="unseen-text">not in that report</span></td>`;
    case 'outcome': {
      const shape = shapeOfCell(cell);
      return html`<td${hint}><span class="mark ${shape}" aria-hidden="true">${glyphs[shape]}</span><span class="unseen-text">${shapeWords[shape]}</span></td>`;
    }
    case 'promise':
      return html`<td${hint} class="${cell.verdict}">${bounded(word, 60)}${cell.verdict === 'holds' || cell.verdict === 'implementation-defined' ? nothing : html` <span class="quiet">${cell.verdict}</span>`}</td>`;
  }
}

function shapeOfCell({ outcome, expectedFailure, counts }: Extract<Cell, { kind: 'outcome' }>): Shape {
  if (outcome !== 'fail') return outcome;
  if (expectedFailure !== null) return 'excused';
  return counts ? 'fail' : 'advice';
}

const shapes: readonly Shape[] = ['pass', 'fail', 'advice', 'excused', 'inconclusive', 'inapplicable'];

/** Of the shapes there are. */
function legend(rows: readonly Row<Cell>[]): Markup {
  const cells = rows.flatMap((row) => row.cells);
  const shown = shapes.filter((shape) =>
    cells.some((cell) => cell.kind === 'outcome' && shapeOfCell(cell) === shape),
  );
  return html`<ul class="key">${shown.map((shape) => html`<li><span class="mark ${shape}" aria-hidden="true">${glyphs[shape]}</span>${shapeWords[shape]}</li>`)}</ul>`;
}

function without({ without: absent }: ProgramComparison): Markup {
  if (absent.length === 0) return nothing;
  return html`<h2>Without a report</h2>
<ul class="absent">${absent.map(
    ({ name, package: from, because }) => html`
<li><strong>${bounded(name, 100)}</strong>${from === null ? '' : html` <span class="quiet">package ${bounded(from, 100)}</span>`}: ${bounded(because, textAtMost)}</li>`,
  )}
</ul>`;
}
