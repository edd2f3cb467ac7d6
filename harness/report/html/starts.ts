/** Each start: how it went, as a picture and in words, which requirements hold under it, and the facts. */

import { heldEvents, observedEvents, type Run, type TimelineEvent } from '../../facts/run.ts';
import { factRows } from '../check/fact-words.ts';
import { bounded } from '../escape/bounded.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import type { Report } from '../report.ts';
import { type ChangeKind, lanesOf } from './lanes.ts';
import { html, type Markup, nothing } from './markup.ts';
import { stepsOf } from './steps.ts';
import { strip } from './strip.ts';
import { duration } from './time-axis.ts';
import { letters, treePicture } from './tree-picture.ts';

const eventsAtMost = 200;
const processesAtMost = 6;
const outputAtMost = 2_000;

export function startSection(report: Report): Markup {
  if (report.runs.length === 0) return nothing;
  const inspected = report.program.pid !== null;
  return html`<section aria-labelledby="starts">
<h2 id="starts">${inspected ? 'The process' : 'Start states'}</h2>
${inspected ? nothing : key(report.runs)}
${report.runs.map((run, index) => startOf(run, index, report))}
</section>`;
}

function startOf(run: Run, index: number, report: Report): Markup {
  const { start } = run;
  const inspected = report.program.pid !== null;
  const heading = inspected ? 'What was found' : `${start} start`;
  return html`<section class="start" aria-labelledby="start-${index}">
<h3 id="start-${index}">${heading}</h3>
${inspected ? nothing : html`<p class="lead">${story(run)}</p>`}
${inspected || run.lost !== undefined ? nothing : figure(run, index)}
${stepsOf(run)}
${strip(start, report)}
${notEstablished(run)}
${left(run)}
${output(run)}
${facts(run, heading)}
</section>
`;
}

/** What happened, in words: it stands in place of the picture for whoever does not see it. */
function story({ lost, starter, daemon, settling, timeline }: Run): string {
  if (lost !== undefined) return `The launch was lost: ${lost}. Nothing is known of what the program became.`;
  const returned =
    starter.returnedAfterMs === null
      ? `Starter ${starter.pid} did not return.`
      : `Starter ${starter.pid} returned after ${duration(starter.returnedAfterMs)}${how(starter)}.`;
  const seen = timeline.find(({ pid, event }) => pid === daemon && event === 'appeared');
  const became =
    daemon === null
      ? 'No daemon was left.'
      : `Daemon ${daemon}${seen === undefined ? '' : ` was first seen at ${duration(seen.atMs)} and`} had settled at ${duration(settling.afterMs)} (${settlingWords[settling.by]}${stillMoving(settling)}).`;
  return `${returned} ${became}`;
}

/** Reports of former versions do not have it. */
function stillMoving({ moving = [] }: Run['settling']): string {
  return moving.length === 0 ? '' : `, and then ${moving.join(', ')}`;
}

const settlingWords: Readonly<Record<Run['settling']['by'], string>> = {
  asleep: 'it slept in a wait that no clock ends',
  stood: 'nothing changed for long enough',
  deadline: 'that was the deadline',
  'nothing-left': 'nothing was left',
};

function how({ exitCode, signal }: Run['starter']): string {
  if (signal !== null) return `, ended by ${signal}`;
  return exitCode === null ? '' : ` with status ${exitCode}`;
}

function figure(run: Run, index: number): Markup {
  const lanes = lanesOf(run);
  const view = { title: `Processes after the ${run.start} start`, description: story(run) };
  return html`<figure class="process-tree">
<div class="wide">${treePicture(lanes, { ...view, id: `tree-${index}`, width: 960 })}</div>
<div class="narrow">${treePicture(lanes, { ...view, id: `small-tree-${index}`, width: 340 })}</div>
${lanes.left === 0 ? nothing : html`<figcaption class="quiet">${lanes.left} more processes are not drawn.</figcaption>`}
</figure>
${events(run)}`;
}

/** Once for all pictures. */
function key(runs: readonly Run[]): Markup {
  const lanes = runs.flatMap((run) => lanesOf(run).lanes);
  const kinds = new Set(
    lanes.flatMap(({ marks }) => marks.flatMap(({ changes }) => changes.map(({ kind }) => kind))),
  );
  const changes = (Object.keys(letters) as ChangeKind[]).filter((kind) => kinds.has(kind));
  const unseen = lanes.some(({ role, parent }) => role !== 'starter' && parent === null);
  return html`<ul class="key">
<li><span class="swatch launched" aria-hidden="true"></span>in the session of the launch</li>
<li><span class="swatch own" aria-hidden="true"></span>in another session</li>
${changes.map((kind) => html`<li><span class="letter" aria-hidden="true">${letters[kind]}</span>${kind === 'notification' ? 'told its service manager something' : `${kind} changed`}</li>`)}
<li><span aria-hidden="true">✕</span> ended</li>
<li><span aria-hidden="true">▶</span> still there</li>
${unseen ? html`<li><span aria-hidden="true">○</span> first seen when its parent was gone</li>` : nothing}
</ul>
<p class="quiet">A change stands where a snapshot first showed it. The time axis is logarithmic.</p>`;
}

function events(run: Run): Markup {
  const all = observedEvents(run);
  const held = heldEvents(run);
  const own = `Held in starts of their own (${held.length})`;
  return html`${eventTable(`Events after the ${run.start} start`, `Every event (${all.length})`, all)}${eventTable('Processes held at their birth', own, held)}`;
}

function eventTable(caption: string, summary: string, all: readonly TimelineEvent[]): Markup {
  if (all.length === 0) return nothing;
  const shown = all.slice(0, eventsAtMost);
  const more = all.length - shown.length;
  return html`<details><summary>${summary}</summary>
<section class="scroll" tabindex="0" aria-label="${caption}"><table class="events">
<caption class="unseen-text">${caption}</caption>
<thead><tr><th scope="col">time</th><th scope="col">process</th><th scope="col">event</th><th scope="col">detail</th></tr></thead>
<tbody>${shown.map(
    ({ atMs, pid, event, detail }) => html`
<tr><td class="number">${atMs.toFixed(1)} ms</td><td class="number">${pid}</td><td>${event.replaceAll('-', ' ')}</td><td>${bounded(detail, 200)}</td></tr>`,
  )}
</tbody>
</table></section>${more === 0 ? nothing : html`<p class="quiet">and ${more} more</p>`}</details>`;
}

function notEstablished({ established }: Run): Markup {
  const missing = Object.entries(established).flatMap(([dimension, shown]) =>
    shown.established ? [] : [html`<li>${dimension}: ${bounded(shown.because, 300)}</li>`],
  );
  return missing.length === 0
    ? nothing
    : html`<div class="note"><p>Of this start could not be established:</p><ul>${missing}</ul></div>`;
}

function left({ leftBehind }: Run): Markup {
  return leftBehind.length === 0
    ? nothing
    : html`<div class="note"><p>Left behind:</p><ul>${leftBehind
        .slice(0, 20)
        .map(({ pid, because }) => html`<li>process ${pid}: ${bounded(because, 300)}</li>`)}</ul></div>`;
}

function output({ starter, start }: Run): Markup {
  const text = starter.output.trimEnd();
  if (text === '') return nothing;
  const lines = bounded(text.replaceAll('\r\n', '\n'), outputAtMost).split('\n').map(escapeTerminal);
  return html`<details><summary>What the starter wrote</summary><pre tabindex="0" aria-label="Output after the ${start} start">${lines.map((line, index) => html`${index === 0 ? nothing : { markup: '\n' }}${line}`)}</pre></details>`;
}

function facts({ processes, start }: Run, heading: string): Markup {
  if (processes.length === 0) return nothing;
  const shown = processes.slice(0, processesAtMost);
  const more = processes.length - shown.length;
  return html`<details class="facts"><summary>Facts of ${processes.length === 1 ? 'the process' : `${processes.length} processes`}</summary>
<section class="scroll" tabindex="0" aria-label="Facts: ${heading}, ${start}"><table>
<caption class="unseen-text">Facts: ${heading}</caption>
<thead><tr><th scope="col">fact</th>${shown.map(({ pid, role }) => html`<th scope="col">${pid} <span class="quiet">${role}</span></th>`)}</tr></thead>
<tbody>${factRows.map(
    ({ name, show }) => html`
<tr><th scope="row">${name}</th>${shown.map((process) => html`<td>${show(process)}</td>`)}</tr>`,
  )}
</tbody>
</table></section>${more === 0 ? nothing : html`<p class="quiet">and ${more} more processes</p>`}</details>`;
}
