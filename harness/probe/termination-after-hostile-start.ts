/** SIGTERM to a daemon in whose start SIGTERM was blocked. */

import type { Probe } from './probe.ts';
import { findTermination } from './terminate.ts';

export const terminationAfterHostileStart: Probe<'termination-after-hostile-start'> = {
  name: 'termination-after-hostile-start',
  start: 'hostile',
  repeated: false,
  foreground: true,
  run: (context) => findTermination(context, context.hostileStart, ['blocked-signals']),
};
