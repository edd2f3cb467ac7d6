/** The program is told to work in a directory that does not exist. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { notRun, type StartOutcome, unavailable } from '../facts/finding.ts';
import { startWith } from './failed-start.ts';
import type { Probe } from './probe.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'unreachable-directory': StartOutcome;
  }
}

export const unreachableDirectory: Probe<'unreachable-directory'> = {
  name: 'unreachable-directory',
  start: 'clean, with a directory that does not exist',
  repeated: false,
  foreground: true,
  run: async (context) => {
    const { directoryArgument } = context.declared;
    if (directoryArgument === null) {
      return notRun('no argument is declared that gives it a directory to work in: --directory-arg ARG');
    }
    const missing = join('/', `daemon-conformance-no-such-directory-${process.pid}`);
    if (existsSync(missing)) return unavailable(`there is a ${missing}`);
    return startWith(context, { arguments: [directoryArgument.replaceAll('{}', missing)] });
  },
};
