/** A suite's report as JSON. */

import type { SuiteReport } from './report.ts';

export function renderSuiteJson(report: SuiteReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
