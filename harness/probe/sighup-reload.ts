/** SIGHUP to a daemon that declares to reload on it. */

import { notRun, type Survival } from '../facts/finding.ts';
import type { Probe } from './probe.ts';
import { survive } from './survival.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'sighup-reload': Survival;
  }
}

export const sighupReload: Probe<'sighup-reload'> = {
  name: 'sighup-reload',
  start: 'clean, or supervised if it stays in the foreground',
  repeated: false,
  foreground: true,
  run: async (context) =>
    context.declared.reload
      ? context.inTurn(() =>
          context.settled({ start: context.plainStart, restsOn: [] }, (settled) =>
            survive(context, settled, async () => {
              const { pid } = settled.daemon;
              const signal = 'SIGHUP';
              const { atMs, reached } = await settled.launch.act({ kind: 'signal', pid, signal });
              return { atMs, reached, signals: [signal], onTerminal: false };
            }),
          ),
        )
      : notRun('it is not declared that the program reloads on SIGHUP: --reload'),
};
