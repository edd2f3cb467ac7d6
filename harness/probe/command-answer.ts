/** What the declared command says of a daemon whose starter has just returned. */

import { type Event, is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { continueIt, endedBy, type PreparedCommand, prepare } from './declared-command.ts';
import { lastLine } from './last-line.ts';
import type { ProbeContext } from './probe-context.ts';
import { endingOf, endOf } from './survival.ts';

export interface CommandAnswer {
  readonly command: string;
  readonly ending: string;
  /** What it wrote, one line. */
  readonly said: string;
  /** From the starter's return to the moment the command went on. */
  readonly begunAfterMs: number;
  /** From the starter's return to the first success; null if there was none. */
  readonly succeededAfterMs: number | null;
}

/** As long a daemon may take that is not ready when its starter returns, to be told from one that never will be. */
const laterWithinMs = 2000;

export const isReady = ({ ending }: CommandAnswer): boolean =>
  ending === endingOf({ exitCode: 0, signal: null });

/** The starter has returned; null if it has not within the time limit. */
export function returnOf(context: ProbeContext, launch: Launch): Promise<Event<'returned'> | null> {
  const look = (): Event<'returned'> | null => launch.events.find(is('returned')) ?? null;
  return lookUntil(look, { deadlineMs: nowMs() + context.timeoutMs, signal: context.signal });
}

/** Again and again, since a daemon that is ready a little later says something else than one that never is. */
async function firstSuccess(
  context: ProbeContext,
  command: string,
  within: Launch,
  deadlineMs: number,
): Promise<number | null> {
  while (nowMs() < deadlineMs) {
    const again = await prepare(context, command, within);
    if (again === null) return null;
    try {
      await continueIt(again);
      const end = await endOf(again.launch, again.pid, deadlineMs);
      if (end?.exitCode === 0) return end.atMs;
    } finally {
      await again.launch.end();
    }
  }
  return null;
}

/**
 * Waits for the end of a command that has been continued, and for its first success where it fails.
 *
 * @param launch that of the program
 * @param onAnswered before it is asked again
 */
export async function answerOf(
  context: ProbeContext,
  { command, prepared }: { readonly command: string; readonly prepared: PreparedCommand },
  { launch, returnedMs }: { readonly launch: Launch; readonly returnedMs: number },
  begun: Promise<Event<'acted'>>,
  onAnswered: () => Promise<unknown> = async () => {},
): Promise<CommandAnswer> {
  const { atMs } = await begun;
  const end = await endedBy(context, prepared);
  await onAnswered();
  const succeeded = end?.exitCode === 0;
  const untilMs = nowMs() + laterWithinMs;
  const later = succeeded ? end.atMs : await firstSuccess(context, command, launch, untilMs);
  return {
    command,
    ending: end === null ? 'no end within the time limit' : endingOf(end),
    said: lastLine(prepared.launch.events),
    begunAfterMs: Math.max(0, atMs - returnedMs),
    succeededAfterMs: later === null ? null : Math.max(0, later - returnedMs),
  };
}
