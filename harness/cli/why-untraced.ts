/** Whoever asked for --trace learns in one line that there is none, and what would help; the verdict is the same. */

import type { Report } from '../report/report.ts';

/** null where nothing is missing, or nothing was asked for. */
export function whyUntraced(reports: readonly Report[]): string | null {
  for (const { runs } of reports) {
    for (const { start, trace } of runs) {
      if (trace?.kind !== 'untraced') continue;
      const everywhere = runs.every((run) => run.trace?.kind === 'untraced');
      const where = everywhere ? '' : ` after the ${start} start`;
      return `--trace: no steps${where}: ${trace.because}; ${trace.wouldHelp}`;
    }
  }
  return null;
}
