/** Launches that find nothing of the former ones in names, and leave nothing there to the next. */

import type { Launch } from './launcher-client.ts';
import { lookBefore } from './left-over.ts';
import type { LeftOvers } from './left-overs.ts';
import { withEnd } from './with-end.ts';

/**
 * The launch that `begin` makes; when it is over, what it left in names is taken away and told.
 * @throws LauncherGone
 */
export function withoutLeftOver(
  launched: Omit<Parameters<typeof lookBefore>[0], 'mounted'> & { readonly stopTimeoutMs: number },
  begin: () => Launch,
  leftOvers: LeftOvers,
): Launch {
  // Elsewhere nobody tells who holds which names.
  if (process.platform !== 'linux') return begin();
  leftOvers.requireNothing();
  const before = lookBefore({ ...launched, mounted: leftOvers.mountedBefore });
  const launch = begin();
  let over = false;
  return withEnd(launch, async (how) => {
    if (over || how?.keep === true) return launch.end(how);
    over = true;
    before.ending(launch.events);
    await launch.end(how);
    before.ended(launch.events);
    await leftOvers.note(before, launched.stopTimeoutMs);
  });
}
