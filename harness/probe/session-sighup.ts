/** SIGHUP, then SIGCONT for what is stopped, to every process group of the launch session: a shell's logout. */

import type { Survival } from '../facts/finding.ts';
import { inCompany, surviveUnreached } from './in-company.ts';
import type { Probe } from './probe.ts';
import { isFreeOfTerminal } from './processes.ts';

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
    inCompany(
      context,
      { start: context.plainStart, restsOn: ['terminal'], alone: !isFreeOfTerminal(context.plain) },
      (settled) =>
        surviveUnreached(context, settled, async () => {
          const { atMs, reached } = await settled.launch.act({ kind: 'signal-session', signals });
          return { atMs, reached, signals, onTerminal: false };
        }),
    ),
};
