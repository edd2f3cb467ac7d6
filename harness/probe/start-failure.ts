/** A start with arguments with which, by the program's own word, there must be none. */

import { notRun, type StartOutcome } from '../facts/finding.ts';
import { startWith } from './failed-start.ts';
import type { Probe } from './probe.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'start-failure': StartOutcome;
  }
}

export const startFailure: Probe<'start-failure'> = {
  name: 'start-failure',
  start: 'clean, with the arguments that are declared to fail',
  repeated: false,
  foreground: false,
  run: async (context) => {
    const { failingArguments } = context.declared;
    return failingArguments === null
      ? notRun('no arguments are declared with which it must fail to start: --failing-args ARGS')
      : startWith(context, { argumentsInstead: failingArguments });
  },
};
