/** SIGTERM after a plain start. */

import type { Termination } from '../facts/finding.ts';
import type { Probe } from './probe.ts';
import { findTermination } from './terminate.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly termination: Termination;
  }
}

export const termination: Probe<'termination'> = {
  name: 'termination',
  start: 'clean, or supervised if it stays in the foreground',
  repeated: false,
  foreground: true,
  run: (context) => findTermination(context, context.plainStart, []),
};
