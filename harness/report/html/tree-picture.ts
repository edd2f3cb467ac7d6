/** The process tree of one run over time, as inline SVG. */

import { bounded } from '../escape/bounded.ts';
import type { Change, ChangeKind, Lane, Lanes, Mark } from './lanes.ts';
import { html, type Markup, nothing } from './markup.ts';
import { duration, type TimeAxis, timeAxis } from './time-axis.ts';

export interface PictureView {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in words. */
  readonly description: string;
  /** In pixels: a picture for a phone and one for a desk are drawn, and one of them is shown. */
  readonly width: number;
}

const margin = 14;
const head = 44;
const laneHeight = 56;
const foot = 34;
const chip = 17;
/** Above the bar stands the name, below it what changed. */
const barFromTop = 26;
/** Of a letter in a wide font at the size of names: what is cut at the edge cannot be read at all. */
const letterWidth = 7;

export const letters: Readonly<Record<ChangeKind, string>> = {
  session: 'S',
  'process group': 'G',
  terminal: 'T',
  parent: 'P',
  executable: 'E',
  notification: 'N',
};

interface Canvas {
  readonly x: (atMs: number) => number;
  /** Middle of the bar of a lane. */
  readonly y: (pid: number) => number;
  readonly width: number;
  readonly height: number;
  readonly axis: TimeAxis;
  readonly lanes: Lanes;
}

export function treePicture(lanes: Lanes, { id, title, description, width }: PictureView): Markup {
  const axis = timeAxis(lanes.settledAtMs);
  const order = lanes.lanes.map(({ pid }) => pid);
  const canvas: Canvas = {
    // The end has room for the arrow of what is still there.
    x: (atMs) => round(margin + axis.place(atMs) * (width - 2 * margin - 16)),
    y: (pid) => head + order.indexOf(pid) * laneHeight + barFromTop,
    width,
    height: head + order.length * laneHeight + foot,
    axis,
    lanes,
  };
  return html`<svg class="tree" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${canvas.height}" width="${width}" height="${canvas.height}">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${description}</desc>
${grid(canvas)}${moments(canvas)}${lanes.lanes.map((lane) => branch(lane, canvas))}${lanes.lanes.map((lane) => drawLane(lane, canvas))}
</svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function grid({ axis, x, width, height }: Canvas): Markup {
  const base = height - foot + 8;
  const lines = axis.ticks.map(
    ({ atMs, label }) =>
      html`<line class="grid" x1="${x(atMs)}" y1="${head}" x2="${x(atMs)}" y2="${base}"/><text class="tick" x="${x(atMs)}" y="${base + 16}" text-anchor="${atMs === 0 ? 'start' : 'middle'}">${label}</text>`,
  );
  return html`<line class="axis" x1="${margin}" y1="${base}" x2="${width - margin}" y2="${base}"/>${lines}`;
}

/** The starter's return and the moment the harness was sure, as lines from top to bottom. */
function moments({ x, width, height, lanes }: Canvas): Markup {
  const { returnedAtMs, settledAtMs } = lanes;
  const line = (atMs: number, name: string, label: string, row: number): Markup => {
    const at = x(atMs);
    const right = at > width / 2;
    return html`<line class="${name}" x1="${at}" y1="${row - 10}" x2="${at}" y2="${height - foot + 8}"/><text class="moment ${name}-label" x="${right ? at - 6 : at + 6}" y="${row}" text-anchor="${right ? 'end' : 'start'}">${label}</text>`;
  };
  // The words of the later one stand on the line of the earlier.
  return html`${
    returnedAtMs === null
      ? html`<text class="moment" x="${margin}" y="14">the starter did not return</text>`
      : line(returnedAtMs, 'returned', `starter returned ${duration(returnedAtMs)}`, 14)
  }${line(settledAtMs, 'settled', `settled ${duration(settledAtMs)}`, 32)}`;
}

function branch({ pid, parent, fromMs }: Lane, { x, y }: Canvas): Markup {
  if (parent === null) return nothing;
  const [from, to, at] = [y(parent), y(pid), x(fromMs)];
  return html`<path class="fork" d="M${at - 10} ${from} Q${at - 1} ${from} ${at - 1} ${from + 10} L${at - 1} ${to}"/>`;
}

function drawLane(lane: Lane, canvas: Canvas): Markup {
  const { x, y, width, lanes } = canvas;
  const { pid, role, fromMs, toMs, ownSessionFromMs, parent } = lane;
  const ending = bounded(lane.ending, 24);
  const [from, at] = [x(fromMs), y(pid)];
  const to = Math.max(from + 3, toMs === null ? x(lanes.settledAtMs) + 8 : x(toMs));
  const own = ownSessionFromMs === null ? to : Math.min(to, Math.max(from, x(ownSessionFromMs)));
  const beside = to + 12 + ending.length * letterWidth <= width;
  const label = labelOf(lane, beside ? '' : ending, width - 2 * margin);
  const right = from + label.length * letterWidth > width - margin;
  const origin =
    role === 'starter' || parent !== null
      ? nothing
      : html`<circle class="unseen" cx="${from}" cy="${at}" r="4"/>`;
  return html`<g class="lane ${role}">
<text class="name" x="${right ? width - margin : from}" y="${at - 12}" text-anchor="${right ? 'end' : 'start'}">${label}</text>
${own > from ? html`<rect class="launched" x="${from}" y="${at - 3}" width="${round(own - from)}" height="6" rx="2"/>` : nothing}${to > own ? html`<rect class="own" x="${own}" y="${at - 4}" width="${round(to - own)}" height="8" rx="2"/>` : nothing}${origin}${chips(lane.marks, at, canvas)}${end(lane, to, at)}${
  beside && ending !== '' ? html`<text class="ending" x="${to + 12}" y="${at + 4}">${ending}</text>` : nothing
}
</g>
`;
}

/** @param room for it, in pixels */
function labelOf({ pid, role, name }: Lane, ending: string, room: number): string {
  const who = [`${pid} ${role}`, ...(ending === '' ? [] : [ending])];
  if (name === '') return who.join(', ');
  const whole = [...who, bounded(name, 20)].join(', ');
  return whole.length * letterWidth <= room ? whole : [...who, bounded(name, 10)].join(', ');
}

/** Letters for what changed, hanging from the moment; moved to the right where they would cover each other. */
function chips(marks: readonly Mark[], at: number, { x, width }: Canvas): readonly Markup[] {
  let free = 0;
  return marks.slice(0, 8).map(({ atMs, changes }) => {
    const wide = changes.length * chip;
    const moment = x(atMs);
    const left = Math.min(Math.max(moment - chip / 2, free), width - margin - wide);
    free = left + wide + 3;
    const middle = (index: number): number => round(left + index * chip + (chip - 1) / 2);
    const letter = ({ kind }: Change, index: number): Markup =>
      html`<rect x="${round(left + index * chip)}" y="${at + 9}" width="${chip - 1}" height="16" rx="4"/><text x="${middle(index)}" y="${at + 21}" text-anchor="middle">${letters[kind]}</text>`;
    return html`<g class="change"><path class="hang" d="M${moment} ${at - 4} L${moment} ${at + 5} L${middle(0)} ${at + 10}"/>${changes.map(letter)}</g>`;
  });
}

/** A cross where it ended, an arrow where it goes on. */
function end({ toMs }: Lane, to: number, at: number): Markup {
  return toMs === null
    ? html`<path class="goes-on" d="M${to} ${at - 7} L${to + 8} ${at} L${to} ${at + 7} Z"/>`
    : html`<path class="ended" d="M${to - 4} ${at - 5} L${to + 4} ${at + 5} M${to - 4} ${at + 5} L${to + 4} ${at - 5}"/>`;
}
