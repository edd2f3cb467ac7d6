/** Waiting by looking: for what sends no event. */

import { nowMs } from '../libc/time.ts';

/** Looks at growing intervals until there is an answer, or the deadline: then null. */
export async function lookUntil<T>(
  look: () => T | null,
  limits: { readonly deadlineMs: number; readonly signal: AbortSignal | undefined },
): Promise<T | null> {
  // A look takes about half a millisecond: a few of them come at once, and then whoever is looked at has the processor.
  for (let interval = 0.3; ; interval = Math.min(interval * 1.5, 10)) {
    limits.signal?.throwIfAborted();
    const found = look();
    if (found !== null || nowMs() >= limits.deadlineMs) return found;
    await new Promise<void>((resolve) => {
      if (interval < 1) setImmediate(resolve);
      else setTimeout(resolve, interval);
    });
  }
}
