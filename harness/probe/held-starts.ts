/** What held starts of a probe have in common: how they are asked for, and what the stage has told of them. */

import type { Unavailable } from '../facts/finding.ts';
import type { HeldEvent, HeldSpan, HeldStart } from '../facts/held-start.ts';
import { is } from '../launch/events.ts';
import type { StageEvent } from '../launch/protocol.ts';
import type { ProbeContext } from './probe-context.ts';
import { type OneOrMore, type RepetitionRule, repeatedly } from './repeatedly.ts';

/** Ten times a plain start, and never less than half a second. Milliseconds. */
const leastHoldMs = 500;
const plainStarts = 10;

/** A start in which children go last, unless something else is asked for. */
export function heldStart({ plain }: Pick<ProbeContext, 'plain'>, more: Partial<HeldStart> = {}): HeldStart {
  const { returnedAfterMs } = plain.starter;
  const holdMs = Math.max(leastHoldMs, plainStarts * (returnedAfterMs ?? 0));
  return { order: 'child-last', holdMs, heldAfterReturn: false, interruptedAt: null, ...more };
}

function whyLetGo({ because, waiter }: Extract<HeldEvent, { type: 'let-go' }>): string {
  switch (because) {
    case 'waits':
      return waiter === null ? 'it was its turn' : `process ${waiter.pid} waits in ${waiter.call}(2)`;
    case 'returned':
      return 'the starter returned';
    case 'outlasted':
      return 'whom it was held for was still there after the time for which processes are held';
    case 'interrupted':
      return 'SIGTERM was sent';
    case 'asked':
      return 'the starter had returned, and all was looked at';
  }
}

/** Who was held from when to when, in the order of their births. One that was held again has its last time as well. */
export function heldSpans(events: readonly StageEvent[]): readonly HeldSpan[] {
  const startedMs = events.find(is('started'))?.atMs ?? 0;
  const since = (atMs: number): number => Math.max(0, atMs - startedMs);
  return events.filter(is('held')).map(({ pid, parent, atMs }): HeldSpan => {
    const end = events.filter(is('let-go')).findLast((event) => event.pid === pid);
    return {
      pid,
      parent,
      fromMs: since(atMs),
      untilMs: end === undefined ? null : since(end.atMs),
      because: end === undefined ? 'its launch was ended' : whyLetGo(end),
    };
  });
}

/** As evidence: what a person can check in the timeline. */
export function heldLine({ pid, fromMs, untilMs, because }: HeldSpan): string {
  const until = untilMs === null ? '' : ` to ${untilMs.toFixed(1)} ms`;
  return `process ${pid} was held from ${fromMs.toFixed(1)}${until}: ${because}`;
}

/**
 * Why what was seen of a held start says nothing about others: nobody was held, or the program is another one where it
 * is followed. Null where it says something.
 */
export function whyNotHeld(
  events: readonly StageEvent[],
  { plain }: Pick<ProbeContext, 'plain'>,
  daemon: number | null,
): string | null {
  const refused = events.find(is('not-held'));
  if (refused !== undefined) return refused.because;
  const returned = events.find(is('returned'));
  const { exitCode, signal } = plain.starter;
  if (returned !== undefined && (returned.exitCode !== exitCode || returned.signal !== signal)) {
    const how = returned.signal ?? `exit status ${returned.exitCode}`;
    return `the starter ended otherwise when it was followed by ptrace(2): ${how}`;
  }
  const births = events.filter(is('held'));
  // What somebody forks who was let go for good, nobody sees.
  const isFollowed = !events.filter(is('let-go')).some(({ because }) => because !== 'waits');
  if (daemon !== null && isFollowed && !births.some(({ pid }) => pid === daemon)) {
    return `process ${daemon} was not born by a fork that ptrace(2) shows (CLONE_UNTRACED)`;
  }
  return null;
}

export const isUnavailable = (found: object): found is Unavailable =>
  'kind' in found && found.kind === 'unavailable';

/** What one held start showed, or why it shows nothing. */
export interface Decision<T> {
  readonly found: T;
  readonly whyNotHeld: string | null;
}

/**
 * One held start decides. Where it cannot, or a number of starts was asked for, they are sampled as they fall, after the
 * one that was held where that shows something.
 */
export async function decideOrSample<T>(
  context: ProbeContext,
  usually: RepetitionRule,
  held: () => Promise<Decision<T> | Unavailable>,
  sample: () => Promise<T | Unavailable>,
): Promise<{ readonly all: OneOrMore<T>; readonly whySampled: string | null } | Unavailable> {
  const decided = await held();
  if (isUnavailable(decided)) return decided;
  const { found, whyNotHeld: whySampled } = decided;
  if (whySampled === null && (context.repeat ?? 1) < 2) return { all: [found], whySampled };
  const sampled = await repeatedly(context, usually, sample);
  if ('kind' in sampled) return sampled;
  return { all: whySampled === null ? [found, ...sampled] : sampled, whySampled };
}
