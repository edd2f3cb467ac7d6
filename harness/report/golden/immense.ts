/** A report in which every text from outside is a megabyte, and there are many of them. */

import type { Report } from '../report.ts';
import { hostile } from './hostile.ts';

const text = `${'\x1b[31m|`<'.repeat(131_072)}end`;

const [first] = hostile.results;
const [run] = hostile.runs;

export const immense: Report = {
  ...hostile,
  platform: { ...hostile.platform, release: 'a release' },
  program: {
    argv: ['./x', text, ...Array.from({ length: 2_000 }, () => 'argument')],
    path: './x',
    pid: null,
  },
  runs:
    run === undefined
      ? []
      : [
          {
            ...run,
            starter: { ...run.starter, output: 'short' },
            processes: run.processes.map((each) => ({
              ...each,
              commandName: text,
              commandLine: [text, text],
              workingDirectory: text,
            })),
            timeline: Array.from({ length: 2_000 }, (_, index) => ({
              atMs: index / 10,
              pid: 7_000 + index,
              event: 'appeared' as const,
              detail: `child of ${6_999 + index}, session 1, group 1`,
            })),
          },
        ],
  changes: hostile.changes.map((change) => ({ ...change, change: text, code: [text] })),
  results:
    first === undefined
      ? []
      : [
          {
            ...first,
            title: text,
            expected: text,
            actual: text,
            evidence: Array.from({ length: 300 }, () => text),
            remedy: text,
            sources: [{ work: text, at: text }],
          },
        ],
};
