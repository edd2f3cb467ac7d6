/** SIGHUP to a daemon that declares to reload on it. */

import { notRun } from '../facts/finding.ts';
import type { Probe } from './probe.ts';
import { survive } from './survival.ts';

export const sighupReload: Probe<'sighup-reload'> = {
  name: 'sighup-reload',
  start: 'clean, or supervised if it stays in the foreground',
  repeated: false,
  foreground: true,
  run: async (bench) =>
    bench.declared.reload
      ? bench.inTurn(() =>
          bench.settled({ start: bench.plainStart, restsOn: [] }, (settled) =>
            survive(bench, settled, async () => {
              const { pid } = settled.daemon;
              const signal = 'SIGHUP';
              const { atMs, reached } = await settled.launch.act({ kind: 'signal', pid, signal });
              return { atMs, reached, signals: [signal], onTerminal: false };
            }),
          ),
        )
      : notRun('it is not declared that the program reloads on SIGHUP: --reload'),
};
