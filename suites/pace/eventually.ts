import { inject, vi } from 'vitest';

/** Tries again until the body throws no more: for what nothing announces. Gives up when it must be taken for hanging. */
export function eventually<T>(body: () => T): Promise<T> {
  return vi.waitFor(body, { timeout: inject('pace').hangsAfterMs, interval: 5 });
}
