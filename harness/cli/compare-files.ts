/** Report files, read and understood. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ComparisonInput } from '../report/compare/compare.ts';
import { parseReport } from '../report/compare/input.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';

export function readReports(files: readonly string[], cwd: string): ParseResult<readonly ComparisonInput[]> {
  const reports: ComparisonInput[] = [];
  for (const file of files) {
    let text: string;
    try {
      text = readFileSync(resolve(cwd, file), 'utf8');
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
      return usageError(`${file} cannot be read (${code})`);
    }
    const parsed = parseReport(text, file);
    if (parsed.kind === 'refused') return usageError(parsed.because);
    reports.push(parsed);
  }
  return understood(reports);
}
