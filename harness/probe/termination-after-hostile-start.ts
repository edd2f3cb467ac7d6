/** SIGTERM to a daemon in whose start SIGTERM was blocked. */

import type { Termination } from '../facts/finding.ts';
import type { Probe } from './probe.ts';
import { findTermination } from './terminate.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'termination-after-hostile-start': Termination;
  }
}

export const terminationAfterHostileStart: Probe<'termination-after-hostile-start'> = {
  name: 'termination-after-hostile-start',
  start: 'hostile',
  repeated: false,
  foreground: true,
  run: (context) => findTermination(context, context.hostileStart, ['blocked-signals']),
};
