/** Whoever captures the output, a CI job or ssh, waits for its end: it has to come once the starter has returned. */

import type { Channels } from '../facts/finding.ts';
import { startStates } from '../launch/start-states.ts';
import { findChannels } from './channels.ts';
import type { Probe } from './probe.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'captured-output': Channels;
  }
}

export const capturedOutput: Probe<'captured-output'> = {
  name: 'captured-output',
  start: 'captured',
  repeated: false,
  foreground: false,
  run: (context) => {
    const start = { ...startStates.captured, freshDirectory: context.plainStart.freshDirectory };
    return findChannels(context, start, ['standard-streams'], ['stdout', 'stderr']);
  },
};
