/**
 * What appears on the terminal after the starter has returned. The stage writes a prompt there at that moment, as a
 * shell would: a terminal keeps the order of what is written, so all that follows the prompt came later.
 * A second prompt once the daemon has settled says that all that was written before has come out.
 */

import type { Holder } from '../facts/finding.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { inCompany, onTerminal, type Tried } from './in-company.ts';
import type { Probe } from './probe.ts';
import { holdersOf, isFreeOfTerminal } from './processes.ts';

/** What appeared on the terminal after the starter had returned. */
export interface LateOutput {
  readonly kind: 'late-output';
  readonly text: string;
  readonly holders: readonly Holder[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'terminal-output': LateOutput;
  }
}

const prompt = '\x1edaemon-conformance$ \x1e';
const nextPrompt = '\x1edaemon-conformance> \x1e';
const promptWithinMs = 1000;
/** With the terminal still open, something may appear at any time; this long it is waited for. */
const watchMs = 500;
const shownAtMost = 2000;

function afterPrompt(events: readonly StageEvent[]): string | null {
  const pieces = events.flatMap((event) =>
    event.type === 'output' && event.stream === 'terminal' ? [Buffer.from(event.base64, 'base64')] : [],
  );
  const text = Buffer.concat(pieces).toString('utf8');
  const at = text.indexOf(prompt);
  return at < 0 ? null : text.slice(at + prompt.length);
}

function withoutPrompt(text: string): string {
  return text.replaceAll(nextPrompt, '');
}

export const terminalOutput: Probe<'terminal-output'> = {
  name: 'terminal-output',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: (context) =>
    inCompany(
      context,
      {
        ...onTerminal(context),
        restsOn: ['terminal', 'standard-streams'],
        whenReturned: [{ kind: 'prompt', text: prompt }],
      },
      async ({ launch, run }): Promise<Tried<LateOutput>> => {
        const { signal } = context;
        const holders = holdersOf(run.processes, ({ device }) => device === run.launch.terminal);
        await launch.act({ kind: 'prompt', text: nextPrompt });
        const arrived = { deadlineMs: nowMs() + promptWithinMs, signal };
        await lookUntil(() => (afterPrompt(launch.events)?.includes(nextPrompt) ? true : null), arrived);
        const text = (): string => withoutPrompt(afterPrompt(launch.events) ?? '');
        // Without a descriptor on it and without it as controlling terminal, nothing can appear any more.
        const mayStillAppear =
          holders.length > 0 || run.processes.some(({ session }) => session === run.launch.session);
        if (mayStillAppear) {
          await lookUntil(() => text() || null, {
            deadlineMs: nowMs() + watchMs,
            signal,
          });
        }
        const found: LateOutput = { kind: 'late-output', text: text().slice(0, shownAtMost), holders };
        return { found, untouched: isFreeOfTerminal(run) };
      },
    ),
};
