/** The requirements under one start state, a cell each: what fails is a link to what is known of it. */

import { type Outcome, type Result, unknownArea } from '../../facts/result.ts';
import type { StartName } from '../../facts/start-state.ts';
import type { Report } from '../report.ts';
import { html, type Markup, nothing } from './markup.ts';
import { glyphs, type Shape, shapeOf, shapeWords } from './words.ts';

interface Cell {
  readonly id: string;
  readonly shape: Shape;
}

export function strip(start: StartName, { results }: Report): Markup {
  const areas = new Map<string, Cell[]>();
  const cells: Cell[] = [];
  for (const result of results) {
    const outcome = result.starts[start];
    if (outcome === undefined || outcome === 'inapplicable') continue;
    const cell = { id: result.id, shape: shapeUnder(result, outcome) };
    cells.push(cell);
    const area = result.area ?? unknownArea;
    areas.set(area, [...(areas.get(area) ?? []), cell]);
  }
  if (cells.length === 0) return nothing;
  const passing = cells.filter(({ shape }) => shape === 'pass').length;
  return html`<div class="strip" role="group" aria-label="Requirements after the ${start} start">
<p class="strip-words">${passing} of ${cells.length} requirements hold after this start.</p>
${[...areas].map(
  ([area, all]) =>
    html`<div class="strip-area"><span class="strip-name">${area}</span><ul>${all.map(cellOf)}</ul></div>`,
)}
</div>`;
}

/** How the result is shown, if its outcome is that of this start. */
function shapeUnder(result: Result, outcome: Outcome): Shape {
  return shapeOf({ ...result, outcome });
}

function cellOf({ id, shape }: Cell): Markup {
  const words = `${id}: ${shapeWords[shape]}`;
  return shape === 'pass'
    ? html`<li class="cell pass" title="${words}"><span class="unseen-text">${words}</span></li>`
    : html`<li class="cell ${shape}"><a href="#requirement-${id}" title="${words}"><span aria-hidden="true">${glyphs[shape]}</span><span class="unseen-text">${words}</span></a></li>`;
}
