/** Waiting by looking: for what sends no event. */

import { nowMs } from '../libc/time.ts';

/** Looks at growing intervals until there is an answer, or the deadline: then null. */
export async function lookUntil<T>(
  look: () => T | null,
  limits: { readonly deadlineMs: number; readonly signal: AbortSignal | undefined },
): Promise<T | null> {
  // A look takes about half a millisecond: a few of them come at once, and then whoever is looked at has the processor.
  for (let interval = 0.3; ; ) {
    limits.signal?.throwIfAborted();
    const beganMs = nowMs();
    const found = look();
    const endedMs = nowMs();
    if (found !== null || endedMs >= limits.deadlineMs) return found;
    await new Promise<void>((resolve) => {
      if (interval < 1) setImmediate(resolve);
      else setTimeout(resolve, interval);
    });
    // At a program of a hundred threads a look takes twenty milliseconds, and would leave it little.
    const longest = Math.max(10, Math.min(4 * (endedMs - beganMs), 100));
    interval = Math.min(interval * 1.5, longest);
  }
}
