/**
 * Whether a program has finished its reaction to a stimulus: weaker than asleep for good, since an alarm may be set.
 */

import { isUnreadable } from '../facts/process.ts';
import type { Snapshot } from '../follow/snapshot.ts';

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
