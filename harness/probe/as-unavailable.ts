/** What keeps a probe from its work and says nothing about the program. */

import { type Unavailable, unavailable } from '../facts/finding.ts';
import { NotStarted } from '../follow/follow.ts';
import { StageLost } from '../follow/stage-lost.ts';
import { LauncherGone } from '../launch/launcher-client.ts';
import { HeldByTracer } from './survival.ts';

/** The finding in its place. @throws any other error */
export function asUnavailable(error: unknown): Unavailable {
  if (error instanceof StageLost || error instanceof NotStarted || error instanceof LauncherGone) {
    return unavailable(`the launch for it failed: ${error.message}`);
  }
  if (error instanceof HeldByTracer) return unavailable(error.message);
  throw error;
}
