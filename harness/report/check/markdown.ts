/** The report as Markdown: for a job summary, a comment on a change, a wiki. */

import type { Result, Verdict } from '../../facts/result.ts';
import type { ObservedProcess, Run } from '../../facts/run.ts';
import { bounded } from '../escape/bounded.ts';
import { codeMarkdown, escapeMarkdown } from '../escape/markdown.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { uncoloured } from '../paint.ts';
import type { Report } from '../report.ts';
import { changesHeading, changesOf, declareWords, purposes } from './change-words.ts';
import { standardStreamWords, terminalWords, told } from './fact-words.ts';
import { profileAnswers } from './profile-answers.ts';
import { commandOf, type Detail, detailsBesideList } from './result-details.ts';
import { stepPieces } from './step-words.ts';
import {
  countsLine,
  dateWords,
  durationWords,
  isExpected,
  isUnexpectedPass,
  verdictLine,
} from './verdict-lines.ts';

const marks: Readonly<Record<Verdict, string>> = {
  conforms: '✅',
  'does-not-conform': '❌',
  'not-judged': '❔',
  'not-applicable': '➖',
};

export function renderMarkdown(report: Report): string {
  const { results } = report;
  const news = results.filter((each) => !isExpected(each) && !isUnexpectedPass(each));
  const failed = news.filter(({ outcome }) => outcome === 'fail');
  const parts = [
    `# ${marks[report.verdict]} ${codeMarkdown(commandOf(report))}`,
    `**${escapeMarkdown(verdictLine(report, uncoloured))}**`,
    escapeMarkdown(countsLine(report)),
    `${dateWords(report)}, ${durationWords(report)}`,
    ...section('Expected to fail, but passes', results.filter(isUnexpectedPass).map(surprise)),
    ...changes(report),
    ...inFull(
      'What fails',
      failed.filter(({ counts }) => counts),
      report,
    ),
    ...section('What it became', became(report.runs)),
    ...report.runs.flatMap(steps),
    ...inFull(
      'Fails, and does not count',
      failed.filter(({ counts }) => !counts),
      report,
    ),
    ...inFull(
      'Not judged',
      news.filter(({ outcome }) => outcome === 'inconclusive'),
      report,
    ),
    ...section('Expected to fail, and fails', results.filter(isExpected).map(excuse)),
    ...folded('Passes', results.filter(({ outcome }) => outcome === 'pass').map(line)),
    ...folded('Does not apply', results.filter(({ outcome }) => outcome === 'inapplicable').map(line)),
    ...folded(
      'Other profiles',
      profileAnswers(report).map(({ name, answer }) => `- ${name}: ${escapeMarkdown(answer)}`),
    ),
    escapeMarkdown(`${report.tool.name} ${report.tool.version} on ${report.platform.id}`),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The fix list: each change once, the code to copy, and what it repairs. */
function changes(report: Report): string[] {
  const all = changesOf(report);
  if (all.length === 0) return [];
  return [
    `## ${changesHeading(all)}`,
    ...all.map((change) => {
      const declared = declareWords(change);
      return [
        `${change.number}. ${text(change.change)}`,
        ...change.code.flatMap((place) => ['', ...fenced(place, change.language ?? '')]),
        '',
        ...(declared === null ? [] : [`   ${escapeMarkdown(declared)}`, '']),
        `   ${[change.level, ...purposes(change).map(({ verb, ids }) => `${verb} ${ids.map((id) => escapeMarkdown(id)).join(', ')}`)].join(', ')}`,
      ].join('\n');
    }),
  ];
}

/** Inside an item of the list. No line of the code is as long a fence as the one around it. */
function fenced(code: string, language: string): string[] {
  const shown = bounded(code, 5_000);
  const lines = shown.split('\n').map(escapeTerminal);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].map((line) => `   ${line}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')];
}

/** Blank lines, so that what is inside is Markdown again. */
function folded(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const summary = `<details><summary>${title}: ${lines.length}</summary>`;
  return [summary, lines.join('\n'), '</details>'];
}

function inFull(title: string, results: readonly Result[], report: Report): string[] {
  if (results.length === 0) return [];
  return [
    `## ${title}`,
    ...results.map((result) => {
      const heading = `### ${escapeMarkdown(result.id)} (${result.level ?? 'no level'})`;
      const details = detailsBesideList(result, report).map(detail);
      return [heading, '', text(result.title), '', ...details].join('\n').trimEnd();
    }),
  ];
}

function detail({ name, lines }: Detail): string {
  const shown = isExact(name) ? lines.map(codeMarkdown) : lines.map(escapeMarkdown);
  const [only] = shown;
  return shown.length === 1 && only !== undefined
    ? `- **${name}** ${only}`
    : [`- **${name}**`, ...shown.map((each) => `  - ${each}`)].join('\n');
}

/** What is compared or copied letter by letter. */
function isExact(name: Detail['name']): boolean {
  return name === 'expected' || name === 'actual' || name === 'check';
}

function text(words: string): string {
  return escapeMarkdown(bounded(words, 500));
}

function line({ id, title, because }: Result): string {
  return `- ${escapeMarkdown(id)}: ${text(because ?? title)}`;
}

function excuse({ id, expectedFailure }: Result): string {
  return `- ${escapeMarkdown(id)}: ${text(expectedFailure ?? '')}`;
}

function surprise(result: Result): string {
  return `${excuse(result)}. Take it out of expectedFailures.`;
}

const columns: readonly (readonly [string, (process: ObservedProcess) => string])[] = [
  ['PID', ({ pid }) => String(pid)],
  ['session', ({ session }) => told(session, String)],
  ['process group', ({ processGroup }) => told(processGroup, String)],
  ['terminal', terminalWords],
  ['umask', ({ fileModeCreationMask }) => told(fileModeCreationMask, String)],
  ['directory', ({ workingDirectory }) => told(workingDirectory, String)],
  ['0, 1, 2', standardStreamWords],
];

function steps({ start, trace }: Run): string[] {
  if (trace === undefined) return [];
  if (trace.kind === 'untraced') return [`Not traced after the ${start} start: ${text(trace.because)}`];
  const pieces = stepPieces(trace, { every: false }).map(({ pid, role, phrases }) => {
    const words = phrases.map((phrase) => codeMarkdown(phrase.words)).join(', ');
    return `- ${pid} ${role}: ${words}`;
  });
  return folded(`Steps after the ${start} start (${escapeMarkdown(trace.by)})`, pieces);
}

function became(runs: readonly Run[]): string[] {
  if (runs.length === 0) return [];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['start', ...columns.map(([name]) => name)]),
    row(['---', ...columns.map(() => '---')]),
    ...runs.map(({ start, lost, processes, daemon }) => {
      const process = processes.find(({ pid }) => pid === daemon);
      const cells =
        process === undefined
          ? [
              lost === undefined ? 'no daemon' : escapeMarkdown(`lost: ${lost}`),
              ...columns.slice(1).map(() => ''),
            ]
          : columns.map(([, show]) => escapeMarkdown(bounded(show(process), 80)));
      return row([start, ...cells]);
    }),
  ];
}
