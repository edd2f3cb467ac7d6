/** The line hangs up: the terminal's master is closed, as when a window is closed or a connection is lost. */

import type { Survival } from '../facts/finding.ts';
import { hangUpOnce, inCompany, onTerminal, surviveUnreached } from './in-company.ts';
import type { Probe } from './probe.ts';

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
    inCompany(context, onTerminal(context), (settled) =>
      surviveUnreached(context, settled, async () => {
        const { atMs, reached } = await hangUpOnce(settled.launch);
        // XBD 11.1.10: SIGHUP for the controlling process; whoever reads or writes the terminal meets its end.
        return { atMs, reached, signals: ['SIGHUP', 'SIGCONT'], onTerminal: true };
      }),
    ),
};
