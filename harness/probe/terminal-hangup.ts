/** The line hangs up: the terminal's master is closed, as when a window is closed or a connection is lost. */

import type { Survival } from '../facts/finding.ts';
import type { Probe } from './probe.ts';
import { survive } from './survival.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'terminal-hangup': Survival;
  }
}

export const terminalHangup: Probe<'terminal-hangup'> = {
  name: 'terminal-hangup',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: (context) =>
    context.inTurn(() =>
      context.settled({ start: context.plainStart, restsOn: ['terminal'] }, (settled) =>
        survive(context, settled, async () => {
          const { atMs, reached } = await settled.launch.act({ kind: 'hang-up' });
          // XBD 11.1.10: SIGHUP for the controlling process; whoever reads or writes the terminal meets its end.
          return { atMs, reached, signals: ['SIGHUP', 'SIGCONT'], onTerminal: true };
        }),
      ),
    ),
};
