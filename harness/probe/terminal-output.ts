/**
 * What appears on the terminal after the starter has returned: of a start in which everybody is held until then, so that
 * no scheduler hides it, and of one that is watched for as long as something may still appear.
 */

import type { Holder } from '../facts/finding.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { type HeldReturn, heldReturn } from './held-return.ts';
import { heldLine, isUnavailable } from './held-starts.ts';
import { inCompany, onTerminal, type Tried } from './in-company.ts';
import type { Probe } from './probe.ts';
import { holdersOf, isFreeOfTerminal } from './processes.ts';
import { lateText, showNextPrompt, showPrompt } from './prompts.ts';

/** What appeared on the terminal after the starter had returned. */
export interface LateOutput {
  readonly kind: 'late-output';
  readonly text: string;
  readonly holders: readonly Holder[];
  /** Who was held until the starter had returned, where that showed the text. */
  readonly evidence: readonly string[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'terminal-output': LateOutput;
  }
}

/** With the terminal still open, something may appear at any time; this long it is waited for. */
const watchMs = 500;
const shownAtMost = 2000;

function shownByHeld(found: LateOutput, held: HeldReturn): LateOutput {
  const evidence = held.whyNotHeld === null ? held.held.map(heldLine) : [];
  return { ...found, text: held.lateText.slice(0, shownAtMost), evidence };
}

export const terminalOutput: Probe<'terminal-output'> = {
  name: 'terminal-output',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: async (context) => {
    const { signal } = context;
    const watched = inCompany(
      context,
      {
        ...onTerminal(context),
        restsOn: ['terminal', 'standard-streams'],
        whenReturned: [showPrompt],
      },
      async ({ launch, run }): Promise<Tried<LateOutput>> => {
        const holders = holdersOf(run.processes, ({ device }) => device === run.launch.terminal);
        await showNextPrompt(launch, signal);
        // Without a descriptor on it and without it as controlling terminal, nothing can appear any more.
        const mayStillAppear =
          holders.length > 0 || run.processes.some(({ session }) => session === run.launch.session);
        if (mayStillAppear) {
          await lookUntil(() => lateText(launch) || null, { deadlineMs: nowMs() + watchMs, signal });
        }
        const text = lateText(launch).slice(0, shownAtMost);
        return {
          found: { kind: 'late-output', text, holders, evidence: [] },
          untouched: isFreeOfTerminal(run),
        };
      },
    );
    const [found, held] = await Promise.all([watched, heldReturn(context)]);
    return isUnavailable(found) || isUnavailable(held) || held.lateText === ''
      ? found
      : shownByHeld(found, held);
  },
};
