/** One result: in full with what to check and what to do, or in a line. */

import { isUnreadable } from '../../facts/process.ts';
import type { Outcome, Result } from '../../facts/result.ts';
import type { ObservedProcess, Run } from '../../facts/run.ts';
import { type StartName, startNames } from '../../facts/start-state.ts';
import { bounded } from '../escape/bounded.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { cut, wrap } from '../fit.ts';
import type { Paint } from '../paint.ts';
import type { Report } from '../report.ts';
import { remedyWords } from './change-words.ts';

export interface ResultView {
  readonly width: number;
  readonly paint: Paint;
  readonly verbose: boolean;
}

const label = 10;
const evidenceAtMost = 4;
const textAtMost = 2_000;
/** PATH_MAX and what stands around it. */
const evidenceLineAtMost = 5_000;

/** Expected, actual, the line to check by hand, remedy and source. */
export function failureInFull(result: Result, report: Report, view: ResultView): string[] {
  const { paint, verbose } = view;
  const kept = verbose ? result.evidence : result.evidence.slice(0, evidenceAtMost);
  const left = result.evidence.length - kept.length;
  return [
    ...heading('FAIL', paint.bad, result, view),
    ...field('found', whereFound(result, report), view),
    ...field('expected', result.expected, view),
    ...field('actual', result.actual, view),
    ...field('step', result.step ?? null, view),
    // On one line, however long: it is there to be copied.
    ...kept.map(
      (line, index) =>
        `${(index === 0 ? '  check' : '').padEnd(label + 2)}${escapeTerminal(bounded(line, evidenceLineAtMost))}`,
    ),
    ...(left === 0 ? [] : [`${''.padEnd(label + 2)}(${left} more with -v)`]),
    ...field('remedy', remedyWords(result, report), view),
    ...field('source', sources(result), view),
    '',
  ];
}

/** Why it could not be judged, and what would help. */
export function inconclusiveInFull(result: Result, report: Report, view: ResultView): string[] {
  return [
    ...heading('UNJUDGED', view.paint.doubtful, result, view),
    ...field('found', whereFound(result, report), view),
    ...field('because', result.because, view),
    ...field('try', result.wouldHelp, view),
    '',
  ];
}

/** `should  environment: Something is left in the environment (hostile)` */
export function resultInALine(result: Result, report: Report, { width }: Pick<ResultView, 'width'>): string {
  const starts = startsWith(result, result.outcome);
  const everywhere = starts.length === report.runs.length;
  const where =
    report.program.pid !== null || starts.length === 0 || everywhere ? '' : ` (${starts.join(', ')})`;
  const text = `${(result.level ?? '-').padEnd(6)}  ${result.id}: `;
  return text + cut(escapeTerminal(result.title), Math.max(20, width - text.length - where.length)) + where;
}

function heading(
  word: string,
  painted: (text: string) => string,
  { level, id, title }: Result,
  { width, paint }: ResultView,
): string[] {
  const before = `${word} ${level ?? ''} ${id}:`;
  const [first = '', ...rest] = wrap(escapeTerminal(bounded(title, textAtMost)), width, {
    first: `${before} `,
    rest: '  ',
  });
  return [`${painted(word)} ${level ?? ''} ${paint.strong(id)}:${first.slice(before.length)}`, ...rest];
}

function field(name: string, value: string | null, { width }: ResultView): string[] {
  if (value === null || value === '') return [];
  return wrap(escapeTerminal(bounded(value, textAtMost)), width, {
    first: `  ${name.padEnd(label)}`,
    rest: ''.padEnd(label + 2),
  });
}

function sources({ sources: all }: Result): string {
  return all.map(({ work, at }) => `${work}, ${at}`).join('; ');
}

function startsWith({ starts }: Result, outcome: Outcome): readonly StartName[] {
  return startNames.filter((start) => starts[start] === outcome);
}

/** `after clean, hostile; it passes after captured; process 402 (worker, nginx)` */
export function whereFound(result: Result, report: Report): string | null {
  const parts: string[] = [];
  if (report.program.pid === null) {
    const found = startsWith(result, result.outcome);
    const everywhere = found.length > 1 && found.length === report.runs.length;
    if (everywhere) parts.push('after every start');
    else if (found.length > 0) parts.push(`after the ${found.join(', ')} start`);
    const passed = startsWith(result, 'pass');
    if (passed.length > 0) parts.push(`it passes after ${passed.join(', ')}`);
  }
  const found = processOf(result, report.runs);
  if (found !== null && (found.run.processes.length > 1 || report.runs.length > 1))
    parts.push(processName(found.process));
  return parts.length === 0 ? null : parts.join('; ');
}

function processOf(
  { pid, start }: Result,
  runs: readonly Run[],
): { readonly process: ObservedProcess; readonly run: Run } | null {
  for (const run of runs) {
    if (start !== null && run.start !== start) continue;
    const process = run.processes.find((each) => each.pid === pid);
    if (process !== undefined) return { process, run };
  }
  return null;
}

function processName({ pid, role, commandName }: ObservedProcess): string {
  return isUnreadable(commandName) ? `process ${pid} (${role})` : `process ${pid} (${role}, ${commandName})`;
}
