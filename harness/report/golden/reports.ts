/** The reports every format is tried on. */

import type { Report } from '../report.ts';
import { conforming } from './conforming.ts';
import { failing } from './failing.ts';
import { forking } from './forking.ts';
import { hostile } from './hostile.ts';
import { immense } from './immense.ts';

/** Those that are kept as files. */
export const golden: readonly (readonly [string, Report])[] = [
  ['conforming', conforming],
  ['failing', failing],
  ['hostile', hostile],
];

const notJudged: Report = {
  ...failing,
  verdict: 'not-judged',
  results: failing.results.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'pass'),
};

const notApplicable: Report = { ...conforming, verdict: 'not-applicable', results: [], runs: [] };

const inspected: Report = {
  ...conforming,
  program: { ...conforming.program, pid: 4021 },
  runs: conforming.runs.slice(0, 1),
};

/** Those and others: of each verdict, of a running process, of immense size. */
export const every: readonly (readonly [string, Report])[] = [
  ...golden,
  ['forking', forking],
  ['not-judged', notJudged],
  ['not-applicable', notApplicable],
  ['inspected', inspected],
  ['immense', immense],
];
