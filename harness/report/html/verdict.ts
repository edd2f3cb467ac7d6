/** The verdict at a glance: what was judged, by what, the answer, and how much stands behind it. */

import type { Result } from '../../facts/result.ts';
import { levels } from '../../judge/profile.ts';
import { commandOf } from '../check/result-details.ts';
import { isExpected, isUnexpectedPass } from '../check/verdict-lines.ts';
import type { Report } from '../report.ts';
import { html, type Markup, nothing } from './markup.ts';
import { counted, proportion } from './proportion.ts';
import { badge, shapeOf, shapeWords, verdictShapes, verdictWords } from './words.ts';

export function verdictHeader(report: Report): Markup {
  const { profile, strict, verdict, program, platform } = report;
  const shape = verdictShapes[verdict];
  const process = program.pid === null ? nothing : html`<span class="pid">process ${program.pid}</span> `;
  return html`<header class="verdict ${shape}">
<p class="command">${process}<code>${commandOf(report)}</code></p>
<h1>${badge(shape)}<span>${verdictWords[verdict]} <strong>${profile}</strong>${strict ? ' (strict)' : ''}</span></h1>
${tally(report)}
<p class="where">${platform.os} ${platform.release}, ${platform.arch}, ${platform.libc}</p>
</header>`;
}

function tally({ results }: Report): Markup {
  const rows = levels
    .map((level) => ({ level, all: results.filter((each) => each.level === level) }))
    .filter(({ all }) => all.some(({ outcome }) => outcome !== 'inapplicable'));
  if (rows.length === 0) return nothing;
  return html`<table class="tally">
<caption class="unseen-text">Requirements by level and outcome</caption>
<thead><tr><th scope="col">level</th><th scope="col">passes</th><th scope="col">fails</th><th scope="col">not judged</th><td></td></tr></thead>
<tbody>${rows.map(({ level, all }) => {
    const counts = counted.map((outcome) => all.filter((each) => each.outcome === outcome).length);
    return html`
<tr><th scope="row">${level}</th>${counts.map((count) => html`<td class="number">${count}</td>`)}<td class="bar">${proportion(counts)}</td></tr>`;
  })}
</tbody>
</table>`;
}

/** What decides against the program, each with a link to what is known of it. */
export function decidingList(report: Report): Markup {
  const deciding = report.results.filter((each) => decides(each, report));
  if (deciding.length === 0) return nothing;
  const heading = report.verdict === 'not-judged' ? 'What could not be judged' : 'What to repair';
  return html`<section aria-labelledby="repair">
<h2 id="repair">${heading}</h2>
<ol class="deciding">${deciding.map(
    (result) => html`
<li>${badge(shapeOf(result))}<div><a href="#requirement-${result.id}">${result.title.slice(0, 300)}</a>
<span class="quiet">${result.id}, ${shapeWords[shapeOf(result)]}</span></div></li>`,
  )}
</ol>
</section>`;
}

function decides(result: Result, { verdict }: Report): boolean {
  if (isUnexpectedPass(result)) return true;
  if (!result.counts || isExpected(result)) return false;
  return result.outcome === 'fail' || (verdict === 'not-judged' && result.outcome === 'inconclusive');
}
