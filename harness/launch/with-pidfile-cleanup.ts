/** Takes away the pidfile that a launch has left, and no other: one that was there before stays, whatever is in it. */

import { identityAt, removeUnless } from './guarded-names.ts';
import type { Guard, Launch } from './launcher-client.ts';
import { withEnd } from './with-end.ts';

/** The launch that `begin` makes; its end also removes the pidfile it created, unless it is left running. */
export function withPidfileCleanup(
  path: string | null,
  begin: () => Launch,
  guard: (path: string) => Guard,
): Launch {
  if (path === null) return begin();
  const before = identityAt(path);
  const guarded = guard(path);
  const launch = begin();
  let over = false;
  return withEnd(launch, async (how) => {
    await launch.end(how);
    if (!over && how?.keep !== true) removeUnless(path, before);
    over = true;
    guarded.release();
  });
}
