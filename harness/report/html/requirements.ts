/** Every requirement, by area: what failed in full, what holds in a table. */

import { type Result, unknownArea } from '../../facts/result.ts';
import { type Detail, detailsBesideList } from '../check/result-details.ts';
import { bounded } from '../escape/bounded.ts';
import type { Report } from '../report.ts';
import { html, type Markup, nothing } from './markup.ts';
import { badge, type Shape, shapeOf, shapeWords } from './words.ts';

const labels: Readonly<Record<Detail['name'], string>> = {
  found: 'Found',
  expected: 'Expected',
  actual: 'Actual',
  step: 'Step',
  because: 'Because',
  try: 'To try',
  check: 'Check by hand',
  remedy: 'Remedy',
  source: 'Source',
};

export function requirementSection(report: Report): Markup {
  if (report.results.length === 0) return nothing;
  const areas = new Map<string, Result[]>();
  for (const result of report.results) {
    const area = result.area ?? unknownArea;
    areas.set(area, [...(areas.get(area) ?? []), result]);
  }
  return html`<section aria-labelledby="requirements">
<h2 id="requirements">Requirements</h2>
${[...areas].map(([area, results]) => areaSection(area, results, report))}
</section>`;
}

function areaSection(area: string, results: readonly Result[], report: Report): Markup {
  const open = results.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive');
  const surprises = results.filter((each) => shapeOf(each) === 'surprise');
  const held = results.filter((each) => shapeOf(each) === 'pass');
  const inapplicable = results.filter(({ outcome }) => outcome === 'inapplicable');
  return html`<section class="area" aria-labelledby="area-${area}">
<h3 id="area-${area}">${area}</h3>
${[...surprises, ...open].map((each) => card(each, report))}
${table(`${held.length} in this area ${held.length === 1 ? 'passes' : 'pass'}`, 'pass', held)}
${table(`${inapplicable.length} in this area ${inapplicable.length === 1 ? 'does' : 'do'} not apply`, 'inapplicable', inapplicable)}
</section>
`;
}

function card(result: Result, report: Report): Markup {
  const shape = shapeOf(result);
  const { id, level, title, counts, expectedFailure } = result;
  const details = detailsBesideList(result, report);
  return html`<article class="card ${shape}" id="requirement-${id}" aria-labelledby="title-${id}">
<p class="kicker">${badge(shape)}<span>${shapeWords[shape]}</span> <span class="level">${level ?? 'no level'}</span> <code>${id}</code></p>
<h4 id="title-${id}">${bounded(title, 300)}</h4>
${expectedFailure === null ? nothing : html`<p class="reason">Expected to fail: ${bounded(expectedFailure, 500)}</p>`}
${
  details.length === 0
    ? nothing
    : html`<details${counts ? html` open` : nothing}><summary>Details</summary>
<dl>${details.map(definition)}</dl></details>`
}
</article>
`;
}

function definition({ name, lines }: Detail): Markup {
  const exact = name === 'expected' || name === 'actual' || name === 'check';
  const shown = lines.map((line) => (exact ? html`<code>${line}</code>` : html`${line}`));
  return html`<div class="${name}"><dt>${labels[name]}</dt>${shown.map((line) => html`<dd>${line}</dd>`)}</div>`;
}

function table(summary: string, shape: Shape, results: readonly Result[]): Markup {
  if (results.length === 0) return nothing;
  return html`<details class="others"><summary>${badge(shape)}${summary}</summary>
<div class="scroll"><table>
<caption class="unseen-text">${summary}</caption>
<thead><tr><th scope="col">requirement</th><th scope="col">level</th><th scope="col">${shape === 'pass' ? 'what holds' : 'why not'}</th></tr></thead>
<tbody>${results.map(
    ({ id, level, title, because }) => html`
<tr id="requirement-${id}"><th scope="row"><code>${id}</code></th><td>${level ?? '–'}</td><td>${bounded(because ?? title, 300)}</td></tr>`,
  )}
</tbody>
</table></div></details>`;
}
