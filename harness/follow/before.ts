import { nowMs } from '../libc/time.ts';

/** The promise's value, or null at the deadline. Rejects with the signal's reason. */
export function before<T>(
  deadlineMs: number,
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), Math.max(0, deadlineMs - nowMs()));
    const abort = (): void => reject(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    });
  });
}
