/** The report for the log of GitHub Actions: annotations, and the report for people below them. */

import type { Result } from '../../facts/result.ts';
import { bounded, boundedList } from '../escape/bounded.ts';
import { escapeGithubMessage, escapeGithubProperty, withoutCommands } from '../escape/github.ts';
import type { Report } from '../report.ts';
import { type PrettyView, renderPretty } from './pretty.ts';
import { commandOf, detailsOf } from './result-details.ts';
import { isExpected, isUnexpectedPass } from './verdict-lines.ts';

type Kind = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly lines: readonly string[];
}

/** GitHub shows so many of a kind for each step, and drops the others without a word. */
const atMost = 10;
const charactersAtMost = 300;

export function renderGithub(report: Report, view: PrettyView): string {
  const all = [...annotations(report), ...leftBehind(report)];
  const shown = (['error', 'warning', 'notice'] as const).flatMap((kind) =>
    limited(all.filter((each) => each.kind === kind)),
  );
  return `${shown.map(command).join('')}${withoutCommands(renderPretty(report, view))}`;
}

function annotations(report: Report): readonly Annotation[] {
  return report.results.flatMap((result) => {
    const kind = kindOf(result, report);
    if (kind === null) return [];
    const { title, level, id, expectedFailure } = result;
    const lines = isUnexpectedPass(result)
      ? [`It is expected to fail (${expectedFailure}), but passes. Take it out of expectedFailures.`]
      : detailsOf(result, report)
          .filter(({ name }) => name !== 'source' && name !== 'found')
          .flatMap(({ name, lines: all }) => boundedList(all, 3).map((line) => `${name}: ${line}`));
    return [
      {
        kind,
        title: `${id}${level === null ? '' : ` (${level})`}`,
        lines: [commandOf(report), title, ...lines],
      },
    ];
  });
}

function kindOf(result: Result, { verdict }: Report): Kind | null {
  const { outcome, counts, level } = result;
  if (isUnexpectedPass(result)) return 'error';
  if (isExpected(result)) return null;
  switch (outcome) {
    case 'fail':
      if (counts) return 'error';
      return level === 'may' ? 'notice' : 'warning';
    case 'inconclusive':
      if (!counts) return 'notice';
      return verdict === 'not-judged' ? 'error' : 'warning';
    case 'pass':
    case 'inapplicable':
      return null;
  }
}

function leftBehind({ runs }: Report): readonly Annotation[] {
  return runs.flatMap(({ start, leftBehind: left }) =>
    left.map(
      ({ pid, because }): Annotation => ({
        kind: 'warning',
        title: `process ${pid} is left behind`,
        lines: [`after the ${start} start: ${because}`],
      }),
    ),
  );
}

/** The last that is shown names those that are not. */
function limited(all: readonly Annotation[]): readonly Annotation[] {
  const [first] = all;
  if (first === undefined || all.length <= atMost) return all;
  const rest = all.slice(atMost - 1);
  const titles = rest.map(({ title }) => title).join(', ');
  return [
    ...all.slice(0, atMost - 1),
    { kind: first.kind, title: `and ${rest.length} more`, lines: [titles] },
  ];
}

function command({ kind, title, lines }: Annotation): string {
  const message = lines
    .map((line) => escapeGithubMessage(oneLine(bounded(line, charactersAtMost))))
    .join('%0A');
  return `::${kind} title=${escapeGithubProperty(oneLine(bounded(title, charactersAtMost)))}::${message}\n`;
}

function oneLine(text: string): string {
  return text.replaceAll('\n', '\\x0a');
}
