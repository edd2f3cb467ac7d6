/** The return of the starter, which a program that does not detach never makes. */

import { type Event, is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { nowMs } from '../libc/time.ts';
import { isAsleep, type Tree, takeSnapshot } from './snapshot.ts';
import { startStanding } from './standing.ts';

/** Most starters have returned by then, and are not looked at. Milliseconds. */
const firstLookMs = 100;
const lookAgainMs = 250;
/** So long everything of a program sleeps before nothing is taken to be left that could wake it. Milliseconds. */
const asleepMs = 1000;

/**
 * Waits for the return, or for the launch to be lost. Null at the deadline, CLOCK_MONOTONIC in milliseconds; and where
 * it is alone in its world, as soon as every process sleeps in a call that no clock ends: then nobody will wake it.
 */
export async function awaitReturn(
  launch: Launch,
  tree: Tree,
  { startedMs, deadlineMs, isAlone }: { startedMs: number; deadlineMs: number; isAlone: boolean },
): Promise<Event<'returned' | 'lost'> | null> {
  const until = (byMs: number) => launch.until(is('returned', 'lost'), Math.min(byMs, deadlineMs));
  if (!isAlone) return until(deadlineMs);
  const see = startStanding(deadlineMs);
  let back = await until(startedMs + firstLookMs);
  while (back === null && nowMs() < deadlineMs) {
    const snapshot = takeSnapshot(tree);
    if (snapshot.whole) {
      const { stoodMs } = see(snapshot);
      if (isAsleep(snapshot) && stoodMs >= asleepMs) return null;
    }
    back = await until(nowMs() + lookAgainMs);
  }
  return back;
}
