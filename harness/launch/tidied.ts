/** Takes away the pidfile that a launch has left, and no other: one that was there before stays, whatever is in it. */

import { lstatSync, unlinkSync } from 'node:fs';
import { identityOf } from '../observe/file-reading.ts';
import type { Launch } from './launcher-client.ts';

/** `device:inode` of what stands under the name; null if nothing does, or it cannot be seen. */
export function identityAt(path: string): string | null {
  try {
    return identityOf(lstatSync(path));
  } catch {
    return null;
  }
}

/** Removes what stands under the name, unless it is what stood there before. A directory is nobody's pidfile. */
function removeUnless(path: string, before: string | null): void {
  const now = identityAt(path);
  if (now === null || now === before) return;
  try {
    unlinkSync(path);
  } catch {
    // Not ours to remove: the next launch finds it, as it would have found it without us.
  }
}

/** The launch that `begin` makes; its end also removes the pidfile it created, unless it is left running. */
export function tidied(path: string | null, begin: () => Launch): Launch {
  if (path === null) return begin();
  const before = identityAt(path);
  const launch = begin();
  let over = false;
  return {
    id: launch.id,
    events: launch.events,
    onEvent: (listener) => launch.onEvent(listener),
    until: (fits) => launch.until(fits),
    act: (action) => launch.act(action),
    async end(how) {
      await launch.end(how);
      if (!over && how?.keep !== true) removeUnless(path, before);
      over = true;
    },
  };
}
