/** Report files, read and understood. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Compared } from '../report/compare/compare.ts';
import { parseReport } from '../report/compare/input.ts';
import { misuse, type Understood, understood } from './usage-error.ts';

export function readReports(files: readonly string[], cwd: string): Understood<readonly Compared[]> {
  const reports: Compared[] = [];
  for (const file of files) {
    let text: string;
    try {
      text = readFileSync(resolve(cwd, file), 'utf8');
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
      return misuse(`${file} cannot be read (${code})`);
    }
    const parsed = parseReport(text, file);
    if (parsed.kind === 'refused') return misuse(parsed.because);
    reports.push(parsed);
  }
  return understood(reports);
}
