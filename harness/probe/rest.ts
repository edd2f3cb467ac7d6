/** Whether a program is at rest after something has happened to it, which is less than that it sleeps for good. */

import { isUnreadable } from '../facts/process.ts';
import type { Snapshot } from '../follow/snapshot.ts';

/**
 * Every thread of every process is back in a wait that has no timeout, with no signal pending: whatever was delivered
 * has had its effect, and a handler has run. An alarm that may be set belongs to what the daemon does by itself.
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
