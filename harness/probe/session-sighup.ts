/** SIGHUP, then SIGCONT for what is stopped, to every process group of the launch session: a shell's logout. */

import type { Survival } from '../facts/finding.ts';
import type { Probe } from './probe.ts';
import { survive } from './survival.ts';

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
    context.inTurn(() =>
      context.settled({ start: context.plainStart, restsOn: ['terminal'] }, (settled) =>
        survive(context, settled, async () => {
          const { atMs, reached } = await settled.launch.act({ kind: 'signal-session', signals });
          return { atMs, reached, signals, onTerminal: false };
        }),
      ),
    ),
};
