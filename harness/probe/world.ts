/** A world for what a probe puts somewhere before it launches the program. */

import { beginDeadlineMs, type Launch } from '../launch/launcher-client.ts';
import { isStageNews } from '../launch/place-of.ts';
import type { ProbeContext } from './probe-context.ts';

/** Null where launches are not isolated: then it is put where everybody finds it. */
export async function withWorld<T>(
  { emptyWorld }: ProbeContext,
  body: (world: Launch | null) => Promise<T>,
): Promise<T> {
  const world = emptyWorld?.() ?? null;
  try {
    await world?.until(isStageNews, beginDeadlineMs());
    return await body(world);
  } finally {
    await world?.end();
  }
}
