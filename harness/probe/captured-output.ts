/** Whoever captures the output, a CI job or ssh, waits for its end: it has to come once the starter has returned. */

import { startStates } from '../launch/start-states.ts';
import { findChannels } from './channels.ts';
import type { Probe } from './probe.ts';

export const capturedOutput: Probe<'captured-output'> = {
  name: 'captured-output',
  start: 'captured',
  repeated: false,
  foreground: false,
  run: (bench) => {
    const start = { ...startStates.captured, freshDirectory: bench.plainStart.freshDirectory };
    return findChannels(bench, start, ['standard-streams'], ['stdout', 'stderr']);
  },
};
