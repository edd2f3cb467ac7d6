/** `daemon-conformance compare REPORT...`: programs x requirements, or platforms x promises. */

import type { Invocation } from '../options/arguments.ts';
import type { PrettyView } from '../report/check/pretty.ts';
import { compare, onlyDifferences } from '../report/compare/compare.ts';
import type { Comparison } from '../report/compare/comparison.ts';
import { renderComparisonHtml } from '../report/compare/html.ts';
import { renderComparisonJson } from '../report/compare/json.ts';
import { renderComparisonMarkdown } from '../report/compare/markdown.ts';
import { renderComparisonPretty } from '../report/compare/pretty.ts';
import { readReports } from './compare-files.ts';
import { complain } from './complaint.ts';
import { usageErrorStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import { openOutputs } from './outputs.ts';
import type { Services } from './services.ts';
import { readColor, viewOf } from './view.ts';

const formats: Readonly<Record<string, (comparison: Comparison, view: PrettyView) => string>> = {
  pretty: renderComparisonPretty,
  json: renderComparisonJson,
  markdown: renderComparisonMarkdown,
  html: (comparison) => renderComparisonHtml(comparison),
};

const differentStatus = 1;

export async function compareReports(
  { given, operands }: Invocation,
  io: Io,
  _services: Services,
): Promise<number> {
  const usageFailed = async (line: string): Promise<number> => {
    await complain(io, line);
    return usageErrorStatus;
  };
  if (operands.length === 0) {
    return usageFailed('compare needs reports, as in daemon-conformance compare linux.json openbsd.json');
  }
  const color = readColor(given);
  if (color.kind === 'usage-error') return usageFailed(color.line);
  const outputs = openOutputs(given.format ?? [], Object.keys(formats), io);
  if (outputs.kind === 'usage-error') return usageFailed(outputs.line);
  const reports = readReports(operands, io.cwd);
  if (reports.kind === 'usage-error') return usageFailed(reports.line);
  const compared = compare(reports.value);
  if (compared.kind === 'refused') return usageFailed(compared.because);

  const { comparison } = compared;
  const told = given['only-differences'] === undefined ? comparison : onlyDifferences(comparison);
  for (const { format, destination } of outputs.value) {
    const render = formats[format];
    if (render === undefined) throw new Error(`the format ${format} has no renderer`);
    await destination.write(render(told, viewOf(destination.terminal, color.value, given, io.env)));
  }
  return given['fail-on-difference'] !== undefined && comparison.different > 0 ? differentStatus : 0;
}
