/**
 * Whether a program has finished its reaction to a stimulus: weaker than asleep for good, since an alarm may be set.
 */

import { isUnreadable } from '../facts/process.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { type Snapshot, type Tree, takeSnapshot } from '../follow/snapshot.ts';
import { startStanding } from '../follow/standing.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';

/**
 * Every thread of every process sleeps without a timeout and no signal is pending: what was delivered has had its effect
 * and handlers have run. An alarm(2) that may be set does not count: it is not part of the reaction.
 */
export function isAtRest({ processes, whole }: Snapshot): boolean {
  return (
    whole &&
    processes.every(
      ({ waiting, signals }) =>
        (waiting === 'without-timeout' || waiting === 'unless-alarm') &&
        !isUnreadable(signals) &&
        signals.pending.length === 0,
    )
  );
}

/** How long what neither ends nor comes to rest is waited for; all in milliseconds. */
interface Patience {
  /** Time that it must stand unchanged, on the clock of `follow/standing.ts`. */
  readonly standsMs: number;
  /** Time on the same clock after which what changes all the time is said to go on; for ever if absent. */
  readonly goesOnMs?: number;
  /** Time on the wall after which it is given up. */
  readonly timeoutMs: number;
  /** Whether what is there will not change any more. */
  readonly isOver?: (snapshot: Snapshot) => boolean;
  readonly signal: AbortSignal | undefined;
}

/** What is left of a program when it has ended, or come to rest, or stood or gone on for long enough. No zombies. */
export async function remainderOf(
  tree: Tree,
  { standsMs, goesOnMs = Number.POSITIVE_INFINITY, timeoutMs, isOver = () => false, signal }: Patience,
): Promise<readonly ObservedProcess[]> {
  let left: readonly ObservedProcess[] = [];
  const deadlineMs = nowMs() + timeoutMs;
  const see = startStanding(deadlineMs);
  await lookUntil(
    () => {
      const snapshot = takeSnapshot(tree);
      left = snapshot.processes.filter(({ state }) => state !== 'Z');
      if (!snapshot.whole) return null;
      if (left.length === 0 || isAtRest(snapshot) || isOver(snapshot)) return true;
      const { stoodMs, calmMs, moving } = see(snapshot);
      return (moving.length === 0 && stoodMs >= standsMs) || calmMs >= goesOnMs ? true : null;
    },
    { deadlineMs, signal },
  );
  return left;
}
