/** Report files, read and understood. */

import { inputBytes, requireInput } from '../options/input-file.ts';
import { type ParseResult, understood, usageError } from '../options/usage-error.ts';
import type { ComparisonInput } from '../report/compare/comparison.ts';
import { parseReport } from '../report/compare/input.ts';

export function readReports(files: readonly string[], cwd: string): ParseResult<readonly ComparisonInput[]> {
  const reports: ComparisonInput[] = [];
  for (const file of files) {
    const text = requireInput(file, cwd, inputBytes.report);
    if (text.kind === 'usage-error') return text;
    const parsed = parseReport(text.value, file);
    if (parsed.kind === 'refused') return usageError(parsed.because);
    reports.push(parsed);
  }
  return understood(reports);
}
