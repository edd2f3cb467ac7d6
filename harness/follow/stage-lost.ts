/** A launch whose stage is gone: what was seen of it may be the end of its world, and says nothing about the program. */

import { is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import type { StageEvent } from '../launch/protocol.ts';

/** The stage failed or was killed, so that nothing is known of the program. */
export class StageLost extends Error {
  readonly because: string;
  constructor(because: string) {
    super(`the launch was lost: ${because}`);
    this.name = 'StageLost';
    this.because = because;
  }
}

/**
 * To be called when everything has been seen that is to be judged: whoever kills a stage ends the program with it, in a
 * world of its own by the kernel, and the last look may have been at that. A launch that was asked to end tells it by
 * doing so: should its stage be killed then, since it takes too long to remove what was left, all had been seen before.
 *
 * @throws StageLost, or what the launch throws where its stage hangs
 */
export async function requireStage(launch: Pick<Launch, 'act' | 'events'>): Promise<void> {
  const wasThere = (event: StageEvent): boolean =>
    event.type === 'over' || (event.type === 'ending' && event.asked);
  if (launch.events.some(wasThere)) return;
  try {
    await launch.act({ kind: 'read-file', path: '/dev/null' });
  } catch (error) {
    const lost = launch.events.find(is('lost'));
    throw lost === undefined ? error : new StageLost(lost.because);
  }
}
