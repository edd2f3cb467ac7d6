/** What there is to say of one result, in the order in which a person asks for it. */

import type { Result } from '../../facts/result.ts';
import { bounded, boundedList } from '../escape/bounded.ts';
import { quoteCommand } from '../escape/quote-command.ts';
import type { Report } from '../report.ts';
import { remedyWords } from './change-words.ts';
import { whereFound } from './result-lines.ts';

export interface Detail {
  readonly name: 'found' | 'expected' | 'actual' | 'step' | 'because' | 'try' | 'check' | 'remedy' | 'source';
  /** As they are: whoever shows them escapes them. */
  readonly lines: readonly string[];
}

const charactersAtMost = 1_000;
const linesAtMost = 24;

export function detailsOf(result: Result, report: Report): readonly Detail[] {
  const { outcome, sources, evidence, expected, actual, because, wouldHelp, step = null } = result;
  const failed = outcome === 'fail';
  const all: readonly Detail[] = [
    { name: 'found', lines: found(result, report) },
    { name: 'expected', lines: given(expected) },
    { name: 'actual', lines: given(actual) },
    { name: 'step', lines: given(step) },
    { name: 'because', lines: given(because) },
    { name: 'try', lines: given(wouldHelp) },
    { name: 'check', lines: evidence },
    { name: 'remedy', lines: failed ? given(result.remedy) : [] },
    { name: 'source', lines: failed ? sources.map(({ work, at }) => `${work}, ${at}`) : [] },
  ];
  return all
    .filter(({ lines }) => lines.length > 0)
    .map(({ name, lines }) => ({
      name,
      lines: boundedList(
        lines.map((line) => bounded(line, charactersAtMost)),
        linesAtMost,
      ),
    }));
}

/** As `detailsOf`, for a format that has a fix list: the remedy stands there. */
export function detailsBesideList(result: Result, report: Report): readonly Detail[] {
  return detailsOf(result, report).map((detail) =>
    detail.name === 'remedy' ? { name: 'remedy', lines: [remedyWords(result, report)] } : detail,
  );
}

function given(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : [text];
}

function found(result: Result, report: Report): readonly string[] {
  return result.outcome === 'fail' || result.outcome === 'inconclusive'
    ? given(whereFound(result, report))
    : [];
}

/** The command that was judged, as one would type it. */
export function commandOf({ program }: Report): string {
  return bounded(quoteCommand(program.argv.slice(0, 100).map((word) => bounded(word, 200))), 400);
}
