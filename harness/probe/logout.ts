/** All that is left of the launch session is killed, and its terminal with it: how a session is cleared. */

import type { Survival } from '../facts/finding.ts';
import type { Probe } from './probe.ts';
import { survive } from './survival.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly logout: Survival;
  }
}

export const logout: Probe<'logout'> = {
  name: 'logout',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: (context) =>
    context.inTurn(() =>
      context.settled({ start: context.plainStart, restsOn: ['terminal'] }, (settled) =>
        survive(context, settled, async () => {
          const signals = ['SIGKILL'];
          const { reached } = await settled.launch.act({ kind: 'signal-session', signals });
          const { atMs } = await settled.launch.act({ kind: 'hang-up' });
          return { atMs, reached, signals: [...signals, 'SIGHUP', 'SIGCONT'], onTerminal: true };
        }),
      ),
    ),
};
