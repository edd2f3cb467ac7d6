/** The far end of the pipe that the hostile start plants as descriptor 19. */

import type { Channels } from '../facts/finding.ts';
import { findChannels } from './channels.ts';
import type { Probe } from './probe.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'inherited-pipe': Channels;
  }
}

export const inheritedPipe: Probe<'inherited-pipe'> = {
  name: 'inherited-pipe',
  start: 'hostile',
  repeated: false,
  foreground: false,
  run: (context) => findChannels(context, context.hostileStart, ['planted-descriptors'], ['planted-pipe']),
};
