/** All that is left of the launch session is killed, and its terminal with it: how a session is cleared. */

import type { Survival } from '../facts/finding.ts';
import { hangUpOnce, inCompany, onTerminal, surviveUnreached } from './in-company.ts';
import type { Probe } from './probe.ts';

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
    inCompany(context, onTerminal(context), (settled) =>
      surviveUnreached(context, settled, async () => {
        const signals = ['SIGKILL'];
        const { reached } = await settled.launch.act({ kind: 'signal-session', signals });
        const { atMs } = await hangUpOnce(settled.launch);
        return { atMs, reached, signals: [...signals, 'SIGHUP', 'SIGCONT'], onTerminal: true };
      }),
    ),
};
