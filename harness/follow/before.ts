import { nowMs } from '../libc/time.ts';

/** The longest time that setTimeout() takes, milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/** The promise's value, or null at the deadline. Rejects with the signal's reason. */
export function before<T>(
  deadlineMs: number,
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const over = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const tooLate = (): void => {
      over();
      resolve(null);
    };
    const abort = (): void => reject(signal?.reason);
    const timer = setTimeout(tooLate, Math.min(longestTimerMs, Math.max(0, deadlineMs - nowMs())));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(over);
  });
}
