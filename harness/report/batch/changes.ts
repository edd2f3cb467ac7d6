/**
 * The fix list of a batch, for whoever keeps several programs: each edit once, with the programs that it concerns, so that
 * what many of them lack is mended first, or in what they share. The lines to write stand in the report of each program.
 */

import { levels } from '../../judge/profile.ts';
import type { Change } from '../../judge/repair.ts';
import { escapeMarkdown } from '../escape/markdown.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { wrap } from '../fit.ts';
import { html, type Markup, nothing } from '../html/markup.ts';
import type { BatchReport } from './report.ts';

export interface SharedChange extends Pick<Change, 'change' | 'level'> {
  /** The programs that call for it, by name. */
  readonly programs: readonly string[];
  /** Ids of the requirements that it repairs in any of them. */
  readonly repairs: readonly string[];
}

/** Musts first, then what most programs call for; for the rest as the steps are taken. Language decides some words. */
export function sharedChanges({ programs }: Pick<BatchReport, 'programs'>): readonly SharedChange[] {
  const shared = new Map<string, SharedChange>();
  for (const { name, report } of programs) {
    for (const { change, level, repairs } of report.changes) {
      const before = shared.get(change) ?? { change, level, programs: [], repairs: [] };
      shared.set(change, {
        change,
        level: levels.indexOf(level) < levels.indexOf(before.level) ? level : before.level,
        programs: [...before.programs, name],
        repairs: [...new Set([...before.repairs, ...repairs])],
      });
    }
  }
  return [...shared.values()].sort(
    (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || b.programs.length - a.programs.length,
  );
}

const count = (programs: readonly string[]): string =>
  programs.length === 1 ? '1 program' : `${programs.length} programs`;

/** Lines for a terminal; none where nothing is to be changed. */
export function sharedChangeLines(report: BatchReport, width: number): string[] {
  const changes = sharedChanges(report);
  if (changes.length === 0) return [];
  const under = { first: '    ', rest: '    ' };
  return [
    'what to change, musts first, then what most programs need:',
    ...changes.flatMap(({ change, level, programs, repairs }, index) => [
      ...wrap(escapeTerminal(change), width, {
        first: `${String(index + 1).padStart(2)}. `,
        rest: under.rest,
      }),
      ...wrap(`${count(programs)}: ${programs.map(escapeTerminal).join(', ')}`, width, under),
      ...wrap(`repairs ${repairs.map(escapeTerminal).join(', ')} (${level})`, width, under),
    ]),
    '',
  ];
}

export function sharedChangesMarkdown(report: BatchReport): string {
  const items = sharedChanges(report).map(
    ({ change, level, programs, repairs }) =>
      `1. ${escapeMarkdown(change)} **${count(programs)}** (${level}): ${programs.map(escapeMarkdown).join(', ')}. Repairs ${repairs.map(escapeMarkdown).join(', ')}.`,
  );
  return items.length === 0 ? '' : `\n## What to change\n\n${items.join('\n')}\n`;
}

export function sharedChangesHtml(report: BatchReport): Markup {
  const changes = sharedChanges(report);
  if (changes.length === 0) return nothing;
  return html`<h2>What to change</h2>
<ol class="shared-changes">${changes.map(
    ({ change, level, programs, repairs }) => html`
<li>${change} <strong>${count(programs)}</strong> (${level}): ${programs.join(', ')}. <span class="quiet">Repairs ${repairs.join(', ')}.</span></li>`,
  )}
</ol>`;
}
