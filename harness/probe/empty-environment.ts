/** The program is executed with no environment at all, as by env -i. */

import type { StartOutcome } from '../facts/finding.ts';
import { startAsBefore } from './failed-start.ts';
import type { Probe } from './probe.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'empty-environment': StartOutcome;
  }
}

export const emptyEnvironment: Probe<'empty-environment'> = {
  name: 'empty-environment',
  start: 'clean, with an empty environment',
  repeated: false,
  foreground: true,
  run: (context) => startAsBefore(context, []),
};
