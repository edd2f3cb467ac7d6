/** The report for a person at a terminal: one screen if the program conforms, what to repair if it does not. */

import { isUnreadable } from '../../facts/process.ts';
import type { Outcome, Result } from '../../facts/result.ts';
import { heldEvents, observedEvents, type Run, type TimelineEvent } from '../../facts/run.ts';
import { bounded } from '../escape/bounded.ts';
import { quoteCommand } from '../escape/quote-command.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { cut, wrap } from '../fit.ts';
import { coloured, type Paint, uncoloured } from '../paint.ts';
import type { Report } from '../report.ts';
import { changeLines } from './change-lines.ts';
import { processTable } from './process-table.ts';
import { rateLines } from './rates.ts';
import { failureInFull, inconclusiveInFull, type ResultView, resultInALine } from './result-lines.ts';
import { starterLines } from './starter-lines.ts';
import { stepLines } from './step-lines.ts';
import {
  alsoLines,
  countsLine,
  dateWords,
  durationWords,
  isExpected,
  isUnexpectedPass,
  verdictLine,
} from './verdict-lines.ts';

export interface PrettyView {
  readonly color: boolean;
  readonly width: number;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/** With the table, the counts and the verdict it still fits 24 lines. */
const shortLinesAtMost = 8;
const outputLinesAtMost = 10;

export function renderPretty(report: Report, { color, width, verbose, quiet }: PrettyView): string {
  const view = { width, paint: color ? coloured : uncoloured, verbose };
  const lines = quiet ? briefly(report, view) : inFull(report, view);
  return `${lines.join('\n')}\n`;
}

/** The verdict, and what it rests on by name. */
function briefly(report: Report, view: ResultView): string[] {
  const deciding = report.results.filter(
    (each) =>
      isUnexpectedPass(each) ||
      (each.counts &&
        !isExpected(each) &&
        (each.outcome === 'fail' || (report.verdict === 'not-judged' && each.outcome === 'inconclusive'))),
  );
  return [
    ...deciding.map((each) => shortly(each, report, view)),
    ...leftBehind(report.runs, view.paint),
    ...leftOver(report, view.paint),
    verdictLine(report, view.paint),
  ];
}

const told: Readonly<Record<Outcome, string>> = {
  pass: 'passes',
  fail: 'fails',
  inconclusive: 'unjudged',
  inapplicable: 'n/a',
};

function shortly(result: Result, report: Report, { width }: ResultView): string {
  return `${told[result.outcome].padEnd(9)}${resultInALine(result, report, { width: width - 9 })}`;
}

function inFull(report: Report, view: ResultView): string[] {
  const { paint, width, verbose } = view;
  const inspected = report.program.pid !== null;
  return [
    title(report, view),
    '',
    ...changeLines(report, view),
    ...processTable(report.runs, { width, paint, everyProcess: verbose, inspected }),
    '',
    ...starterLines(report.runs, {
      width,
      paint,
      atMost: verbose ? outputLinesAtMost * 10 : outputLinesAtMost,
    }),
    ...stepLines(report.runs, { width, paint, every: verbose }),
    ...findings(report, view),
    ...(verbose ? details(report, view) : []),
    ...leftBehind(report.runs, paint),
    ...leftOver(report, paint),
    ...rateLines(report.probes),
    [countsLine(report), ...(verbose ? [dateWords(report)] : []), durationWords(report)]
      .filter((each) => each !== '')
      .join(' · '),
    verdictLine(report, paint),
    ...alsoLines(report, width),
  ];
}

function title({ program }: Report, { width, paint }: ResultView): string {
  const pid = program.pid === null ? '' : `process ${program.pid}: `;
  return pid + paint.strong(cut(quoteCommand(program.argv), width - pid.length));
}

function findings(report: Report, view: ResultView): string[] {
  const { verbose } = view;
  const full: string[] = [];
  const short: string[] = [];
  const conforms = report.verdict === 'conforms';
  for (const result of report.results) {
    if (isExpected(result) || isUnexpectedPass(result)) continue;
    const large = verbose || result.counts || (!conforms && result.level !== 'may');
    if (result.outcome === 'fail') {
      if (large) full.push(...failureInFull(result, report, view));
      else short.push(shortly(result, report, view));
    }
    if (result.outcome === 'inconclusive') {
      if (large) full.push(...inconclusiveInFull(result, report, view));
      else short.push(shortly(result, report, view));
    }
  }
  const left = short.length - shortLinesAtMost;
  const shortened =
    left > 1 ? [...short.slice(0, shortLinesAtMost), `and ${left} more (-v shows them)`] : short;
  return [...full, ...shortened, ...(short.length === 0 ? [] : ['']), ...expectedLines(report.results, view)];
}

function expectedLines(results: readonly Result[], { width, paint }: ResultView): string[] {
  const lines = results.flatMap((result) => {
    const reason = escapeTerminal(result.expectedFailure ?? '');
    if (isExpected(result)) {
      return wrap(`${result.id} (${reason})`, width, { first: 'expected to fail, and fails: ', rest: '  ' });
    }
    if (isUnexpectedPass(result)) {
      const text = `${result.id} (${reason}). Take it out of expectedFailures.`;
      return wrap(text, width, { first: 'expected to fail, but passes: ', rest: '  ' }).map(paint.bad);
    }
    return [];
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

function leftBehind(runs: readonly Run[], paint: Paint): string[] {
  return runs.flatMap((run) =>
    run.leftBehind.map(({ pid, because }) => {
      const process = run.processes.find((each) => each.pid === pid);
      const name =
        process === undefined || isUnreadable(process.commandName)
          ? ''
          : ` (${escapeTerminal(bounded(process.commandName, 64))})`;
      return paint.doubtful(
        `left behind: process ${pid}${name} after the ${run.start} start, ${escapeTerminal(bounded(because, 2_000))}`,
      );
    }),
  );
}

/** Names, as `left over: socket /tmp/x.sock, taken away before the next launch`. */
function leftOver({ leftOver: left = [] }: Report, paint: Paint): string[] {
  return left.map(({ kind, name, removed }) => {
    const what = kind === 'shared-memory' ? 'shared memory' : kind;
    const then = removed ? 'taken away before the next launch' : 'still there';
    return paint.doubtful(`left over: ${what} ${escapeTerminal(bounded(name, 300))}, ${then}`);
  });
}

/** What held and what did not apply, how each run went, and what of its start was not established. */
function details({ runs, results, program }: Report, { paint, width }: ResultView): string[] {
  const passed = results.filter((each) => each.outcome === 'pass' && !isUnexpectedPass(each));
  const inapplicable = results.filter(({ outcome }) => outcome === 'inapplicable');
  return [
    ...passed.map(({ level, id, title: text }) =>
      cut(`passes   ${(level ?? '').padEnd(6)}  ${id}: ${escapeTerminal(text)}`, width),
    ),
    ...inapplicable.map(({ id, because }) =>
      cut(`n/a              ${id}: ${escapeTerminal(because ?? '')}`, width),
    ),
    '',
    ...(program.pid === null ? runs.flatMap((run) => runLines(run, paint)) : []),
  ];
}

function runLines(run: Run, paint: Paint): string[] {
  const { start, lost, established, starter, settling } = run;
  const returned =
    starter.returnedAfterMs === null ? 'never' : `after ${starter.returnedAfterMs.toFixed(1)} ms`;
  return [
    paint.strong(`${start} start`),
    lost === undefined
      ? `  starter ${starter.pid} returned ${returned}; settled (${settling.by}) after ${settling.afterMs.toFixed(1)} ms, snapshots: ${settling.snapshots}`
      : paint.doubtful(`  lost: ${escapeTerminal(lost)}`),
    // Reports of former versions do not have it.
    ...(settling.moving ?? []).map((what) => paint.doubtful(`  still on its way: ${escapeTerminal(what)}`)),
    ...Object.entries(established).flatMap(([dimension, shown]) =>
      shown.established
        ? []
        : [paint.doubtful(`  not established: ${dimension}, ${escapeTerminal(shown.because)}`)],
    ),
    ...observedEvents(run).map(eventLine),
    ...heldLines(run),
    '',
  ];
}

function eventLine({ atMs, pid, event, detail }: TimelineEvent): string {
  const more = detail === '' ? '' : `, ${escapeTerminal(detail)}`;
  return `  ${atMs.toFixed(1).padStart(8)} ms  ${pid} ${event}${more}`;
}

function heldLines(run: Run): string[] {
  const events = heldEvents(run);
  return events.length === 0
    ? []
    : ['  in starts of their own, in which new processes are held:', ...events.map(eventLine)];
}
