import { setMaxListeners } from 'node:events';

/**
 * A signal that aborts with the first of those that are given; undefined if none is. Every launch and every wait listens
 * to it for as long as it lasts, and Node takes more than ten listeners for a leak: of this one it need not, and the
 * caller's own keeps its limit.
 */
export function ownSignal(...signals: readonly (AbortSignal | null | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((signal) => signal instanceof AbortSignal);
  if (given.length === 0) return undefined;
  const own = AbortSignal.any(given);
  setMaxListeners(0, own);
  return own;
}
