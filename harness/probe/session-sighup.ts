/** SIGHUP, then SIGCONT for what is stopped, to every process group of the launch session: a shell's logout. */

import type { Survival } from '../facts/finding.ts';
import { inCompany, onTerminal, surviveUnreached } from './in-company.ts';
import type { Probe } from './probe.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'session-sighup': Survival;
  }
}

const signals = ['SIGHUP', 'SIGCONT'] as const;

export const sessionSighup: Probe<'session-sighup'> = {
  name: 'session-sighup',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: (context) =>
    inCompany(context, onTerminal(context), (settled) =>
      surviveUnreached(context, settled, async () => {
        const { atMs, reached } = await settled.launch.act({ kind: 'signal-session', signals });
        return { atMs, reached, signals, onTerminal: false };
      }),
    ),
};
