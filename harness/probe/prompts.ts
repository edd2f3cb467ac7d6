/**
 * What appears on the terminal after the starter has returned. The stage writes a prompt there at that moment, as a
 * shell would: a terminal keeps the order of what is written, so all that follows the prompt came later.
 * A second prompt once the daemon has settled says that all that was written before has come out.
 */

import type { Launch } from '../launch/launcher-client.ts';
import type { Action, StageEvent } from '../launch/protocol.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';

const prompt = '\x1edaemon-conformance$ \x1e';
const nextPrompt = '\x1edaemon-conformance> \x1e';
const promptWithinMs = 1000;

/** For `whenReturned` of a launch. */
export const showPrompt: Action = { kind: 'prompt', text: prompt };

function afterPrompt(events: readonly StageEvent[]): string | null {
  const pieces = events.flatMap((event) =>
    event.type === 'output' && event.stream === 'terminal' ? [Buffer.from(event.base64, 'base64')] : [],
  );
  const text = Buffer.concat(pieces).toString('utf8');
  const at = text.indexOf(prompt);
  return at < 0 ? null : text.slice(at + prompt.length);
}

/** What has followed the prompt by now. */
export function lateText({ events }: Launch): string {
  return (afterPrompt(events) ?? '').replaceAll(nextPrompt, '');
}

/** All that was written by now has come out. */
export async function showNextPrompt(launch: Launch, signal: AbortSignal | undefined): Promise<void> {
  await launch.act({ kind: 'prompt', text: nextPrompt });
  await lookUntil(() => (afterPrompt(launch.events)?.includes(nextPrompt) ? true : null), {
    deadlineMs: nowMs() + promptWithinMs,
    signal,
  });
}
