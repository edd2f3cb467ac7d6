/** The fix list: each change once, with the code to copy, and links to what it repairs. */

import {
  changesHeading,
  changesOf,
  declareWords,
  type NumberedChange,
  purposes,
} from '../check/change-words.ts';
import { bounded } from '../escape/bounded.ts';
import type { Report } from '../report.ts';
import { html, type Markup, nothing, raw } from './markup.ts';

/** Nothing where nothing failed. */
export function changeSection(report: Report): Markup {
  const changes = changesOf(report);
  if (changes.length === 0) return nothing;
  return html`<section aria-labelledby="repair">
<h2 id="repair">What to repair</h2>
<p>${changesHeading(changes)}.</p>
<ol class="changes">${changes.map(item)}
</ol>
</section>`;
}

/** A line feed within a text is shown as what it is; between the lines of code it is ours. */
export function codeLines(code: string): readonly Markup[] {
  return bounded(code, 5_000)
    .split('\n')
    .map((line, index) => html`${index === 0 ? nothing : raw('\n')}${line}`);
}

function item(change: NumberedChange): Markup {
  const declared = declareWords(change);
  return html`
<li id="change-${change.number}"><p>${bounded(change.change, 500)}</p>
${change.code.map((place) => html`<pre tabindex="0"><code>${codeLines(place)}</code></pre>\n`)}${declared === null ? nothing : html`<p>${bounded(declared, 500)}</p>\n`}<p class="quiet">${change.level}${purposes(
    change,
  ).map(
    ({ verb, ids }) =>
      html`, ${verb} ${ids.map((id, index) => html`${index === 0 ? '' : ', '}<a href="#requirement-${id}">${id}</a>`)}`,
  )}</p></li>`;
}
