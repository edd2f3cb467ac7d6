/** A world for what a probe puts somewhere before it launches the program. */

import { requireStage } from '../follow/stage-lost.ts';
import { beginDeadlineMs, type Launch } from '../launch/launcher-client.ts';
import { isStageNews } from '../launch/place-of.ts';
import type { ProbeContext } from './probe-context.ts';

/**
 * Null where launches are not isolated: then it is put where everybody finds it.
 * @throws StageLost if the world was over before the body was
 */
export async function withWorld<T>(
  { emptyWorld }: ProbeContext,
  body: (world: Launch | null) => Promise<T>,
): Promise<T> {
  const world = emptyWorld?.() ?? null;
  try {
    await world?.until(isStageNews, beginDeadlineMs());
    const found = await body(world);
    // The kernel ends every process of a world that is over, and that is none of their doing.
    await world?.end();
    if (world !== null) await requireStage(world);
    return found;
  } finally {
    await world?.end();
  }
}
