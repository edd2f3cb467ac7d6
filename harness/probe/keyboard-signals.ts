/**
 * ^C, ^\ and ^Z typed on the terminal once the daemon has settled.
 *
 * An interactive shell takes the foreground back when its job has ended; a script and `ssh -t host prog` do not, so
 * the foreground stays the program's process group here, and what is still in that group gets the signals. Before it
 * has settled a right daemon may be in that group for a moment: that moment is what `leader-start` counts.
 */

import type { Survival } from '../facts/finding.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { lookUntil } from '../observe/look-until.ts';
import { inCompany, onTerminal, surviveUnreached } from './in-company.ts';
import type { Probe } from './probe.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'keyboard-signals': Survival;
  }
}

const keys = '\x03\x1c\x1a';
/** The terminal echoes the last key after it has sent the signal; with echo off the keys are taken as typed. */
const echo = '^Z';
const echoedWithinMs = 250;

function hasEchoed(events: readonly StageEvent[], from: number): boolean {
  const text = events
    .slice(from)
    .map((event) => (event.type === 'output' ? Buffer.from(event.base64, 'base64').toString('latin1') : ''))
    .join('');
  return text.includes(echo);
}

export const keyboardSignals: Probe<'keyboard-signals'> = {
  name: 'keyboard-signals',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: (context) =>
    inCompany(
      context,
      {
        ...onTerminal(context),
        start: { ...context.plainStart, foregroundKept: true },
        restsOn: ['terminal', 'foreground'],
      },
      (settled) =>
        surviveUnreached(context, settled, async () => {
          const { launch, run } = settled;
          const from = launch.events.length;
          const { atMs } = await launch.act({ kind: 'type', text: keys });
          // The line discipline works behind write(2): only its echo says that it has sent what it had to.
          await lookUntil(() => (hasEchoed(launch.events, from) ? true : null), {
            deadlineMs: atMs + echoedWithinMs,
            signal: context.signal,
          });
          const reached = run.processes
            .filter(({ processGroup }) => processGroup === run.launch.processGroup)
            .map(({ pid }) => pid);
          return { atMs, reached, signals: ['SIGINT', 'SIGQUIT', 'SIGTSTP'], onTerminal: true };
        }),
    ),
};
