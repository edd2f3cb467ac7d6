/** What a suite would run on a system, told without running anything. */

import { escapeTerminal } from '../escape/terminal.ts';
import { wrap } from '../fit.ts';
import { coloured, uncoloured } from '../paint.ts';
import type { SuitePrettyView } from './pretty.ts';

export interface PlannedPromise {
  readonly id: string;
  readonly title: string;
  /** What the run has to have to try it; null for nothing. */
  readonly needs: string | null;
  /** Kind expected there; null if none is recorded, so that the run only tells what it saw. */
  readonly expected: string | null;
  /** Who says so: the clause, or who measured it. */
  readonly expectedBy: string | null;
  /** Another kind than the expected one would be a broken promise. */
  readonly judged: boolean;
}

export interface SuitePlan {
  readonly kind: 'suite-plan';
  readonly suite: string;
  readonly system: string;
  readonly promises: readonly PlannedPromise[];
}

export function renderPlanJson(plan: SuitePlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

export function renderPlanPretty(plan: SuitePlan, { color, width, verbose }: SuitePrettyView): string {
  const paint = color ? coloured : uncoloured;
  const { suite, system, promises } = plan;
  const lines = [
    paint.strong(`${escapeTerminal(suite)}: ${promises.length} promises would run on ${system}`),
  ];
  for (const { id, title, needs, expected, expectedBy, judged } of promises) {
    const kind = expected === null ? 'no expectation recorded' : escapeTerminal(expected);
    const notes = [
      judged || expected === null || expected === 'unsupported' ? '' : 'left to the system',
      needs === null ? '' : `needs ${needs}`,
    ].filter((note) => note !== '');
    const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
    const head = `  ${paint.strong(escapeTerminal(id))}  ${expected === null ? paint.doubtful(kind) : kind}`;
    const fits = `  ${escapeTerminal(id)}  ${kind}${note}`.length <= width;
    lines.push(...(fits ? [`${head}${paint.faint(note)}`] : [head, `     ${paint.faint(note)}`]));
    if (!verbose) continue;
    const indent = { first: '      ', rest: '      ' };
    lines.push(...wrap(escapeTerminal(title), width, indent));
    if (expectedBy !== null) lines.push(...wrap(escapeTerminal(expectedBy), width, indent).map(paint.faint));
  }
  const count = (of: (promise: PlannedPromise) => boolean): number => promises.filter(of).length;
  lines.push(
    [
      `${count(({ judged }) => judged)} judged`,
      `${count(({ expected, judged }) => !judged && expected !== null && expected !== 'unsupported')} left to the system`,
      `${count(({ expected }) => expected === 'unsupported')} unsupported there`,
      `${count(({ expected }) => expected === null)} without an expectation`,
    ].join(', '),
  );
  return `${lines.join('\n')}\n`;
}
