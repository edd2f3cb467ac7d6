/** Reports of many programs, in every format there is for them. */

import type { Invocation } from '../options/arguments.ts';
import { sharedChangesHtml, sharedChangesMarkdown } from '../report/batch/changes.ts';
import { renderBatchPretty } from '../report/batch/pretty.ts';
import type { BatchReport } from '../report/batch/report.ts';
import type { PrettyView } from '../report/check/pretty.ts';
import { compare } from '../report/compare/compare.ts';
import { renderComparisonHtml } from '../report/compare/html.ts';
import { renderBatchJson } from '../report/compare/json.ts';
import { renderComparisonMarkdown } from '../report/compare/markdown.ts';
import type { Io } from './io.ts';
import type { OpenOutput } from './outputs.ts';
import { type ColorWord, viewOf } from './view.ts';

export const batchFormats: Readonly<Record<string, (report: BatchReport, view: PrettyView) => string>> = {
  pretty: renderBatchPretty,
  json: renderBatchJson,
  markdown: (report) => `${renderComparisonMarkdown(asComparison(report))}${sharedChangesMarkdown(report)}`,
  html: (report) => renderComparisonHtml(asComparison(report), sharedChangesHtml(report)),
};

function asComparison(report: BatchReport) {
  const compared = compare([{ kind: 'batch', file: 'the batch', report }]);
  if (compared.kind === 'refused') throw new Error(compared.because);
  return compared.comparison;
}

export async function writeBatch(
  report: BatchReport,
  outputs: readonly OpenOutput[],
  color: ColorWord,
  { given, io }: Pick<Invocation, 'given'> & { readonly io: Io },
): Promise<void> {
  for (const { format, destination } of outputs) {
    const render = batchFormats[format];
    if (render === undefined) throw new Error(`the format ${format} has no renderer`);
    await destination.write(render(report, viewOf(destination.terminal, color, given, io.env)));
  }
}
