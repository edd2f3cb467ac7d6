/** The traced steps of one start, process by process: in the colour of the session each of them was in. */

import type { Run } from '../../facts/run.ts';
import { type StepPhrase, type StepPiece, stepPieces } from '../check/step-words.ts';
import { bounded } from '../escape/bounded.ts';
import { html, type Markup, nothing } from './markup.ts';
import { duration } from './time-axis.ts';

const piecesAtMost = 40;
const phrasesAtMost = 80;

export function stepsOf({ trace, start }: Run): Markup {
  if (trace === undefined) return nothing;
  if (trace.kind === 'untraced') {
    return html`<div class="note"><p>No steps: ${bounded(trace.because, 300)}. What would help: ${bounded(trace.wouldHelp, 300)}.</p></div>`;
  }
  const all = stepPieces(trace, { every: false });
  const pieces = all.slice(0, piecesAtMost);
  const more = all.length - pieces.length;
  // A child is in the session of its parent.
  const own = new Set<number>();
  const parents = new Map(trace.processes.map(({ pid, parent }) => [pid, parent]));
  const drawn = pieces.map((piece) => {
    const parent = parents.get(piece.pid) ?? null;
    if (parent !== null && own.has(parent)) own.add(piece.pid);
    return drawPiece(piece, own);
  });
  return html`<section class="traced" aria-label="Steps after the ${start} start">
<h4>Steps</h4>
<p class="quiet">Traced by ${trace.by} in a launch of its own, which is not judged.</p>
<ol class="pieces">${drawn}
</ol>${more === 0 ? nothing : html`<p class="quiet">and ${more} more</p>`}
</section>`;
}

function drawPiece({ pid, role, phrases }: StepPiece, own: Set<number>): Markup {
  const shown = phrases.slice(0, phrasesAtMost).map((phrase) => {
    if (phrase.parts) own.add(pid);
    return drawPhrase(phrase, own.has(pid));
  });
  const more = phrases.length - shown.length;
  return html`
<li><p class="who"><span class="number">${pid}</span> ${role}</p><ol class="steps">${shown}</ol>${more <= 0 ? nothing : html`<p class="quiet">and ${more} more</p>`}</li>`;
}

function drawPhrase({ words, atMs, failed }: StepPhrase, own: boolean): Markup {
  const kind = failed ? 'failed' : own ? 'own' : 'launched';
  return html`<li class="step ${kind}" title="${duration(atMs)}"><code>${words}</code></li>`;
}
