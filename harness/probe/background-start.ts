/** The program is started as a background job of a terminal that stops background output. */

import type { RemainingProcess } from '../facts/finding.ts';
import { takeSnapshot } from '../follow/snapshot.ts';
import { is } from '../launch/events.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import type { Probe } from './probe.ts';
import { startedOf, treeOf } from './probe-context.ts';
import { remainingOf } from './processes.ts';
import { endingOf } from './survival.ts';

/** A launch that waits at the terminal, or does not. */
export interface Return {
  readonly kind: 'return';
  readonly returnedAfterMs: number | null;
  readonly ending: string | null;
  readonly stopped: readonly RemainingProcess[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'background-start': Return;
  }
}

export const backgroundStart: Probe<'background-start'> = {
  name: 'background-start',
  start: 'background job, TOSTOP set',
  repeated: false,
  foreground: false,
  run: (context) =>
    context.inTurn(() => {
      const start = { ...context.plainStart, terminal: 'background' as const };
      return context.launched(
        { start, restsOn: ['terminal', 'foreground'] },
        async (launch): Promise<Return> => {
          const tree = await treeOf(launch, false);
          const { started } = await startedOf(launch);
          // Nobody continues a stopped job here: once everything that has not ended is stopped, it stays so.
          const found = await lookUntil(
            (): Return | null => {
              const returned = launch.events.find(is('returned'));
              if (returned !== undefined) {
                const returnedAfterMs = Math.max(0, returned.atMs - started.atMs);
                return { kind: 'return', returnedAfterMs, ending: endingOf(returned), stopped: [] };
              }
              const { processes, whole } = takeSnapshot(tree);
              const stopped = processes.filter(({ state }) => state === 'T');
              if (!whole || !stopped.some(({ pid }) => pid === started.pid)) return null;
              return {
                kind: 'return',
                returnedAfterMs: null,
                ending: null,
                stopped: stopped.map(remainingOf),
              };
            },
            { deadlineMs: nowMs() + context.timeoutMs, signal: context.signal },
          );
          return found ?? { kind: 'return', returnedAfterMs: null, ending: null, stopped: [] };
        },
      );
    }),
};
