/** What happened to one name of a directory while something else was done, by inotify(7). */

import { basename, dirname } from 'node:path';
import {
  IN_CREATE,
  IN_DELETE,
  IN_MODIFY,
  IN_MOVED_FROM,
  IN_MOVED_TO,
  IN_Q_OVERFLOW,
  inotifyInit,
  inotifyWatch,
  type NameEvent,
  nameEventsIn,
} from '../libc/linux/inotify.ts';
import { platform } from '../libc/platform.ts';
import { close, read } from '../libc/unistd.ts';

const names = {
  [IN_CREATE]: 'IN_CREATE',
  [IN_MODIFY]: 'IN_MODIFY',
  [IN_MOVED_FROM]: 'IN_MOVED_FROM',
  [IN_MOVED_TO]: 'IN_MOVED_TO',
  [IN_DELETE]: 'IN_DELETE',
} as const;

/** Names of events in their order; or why there are none. */
export type NameHistory =
  | { readonly kind: 'events'; readonly events: readonly string[] }
  | { readonly kind: 'unknown'; readonly because: string };

/** Queued by the kernel until it is read: nothing is missed that fits into the queue, proc_sys_fs(5). */
function readQueue(fd: number): readonly NameEvent[] {
  const buffer = Buffer.alloc(64 * 1024);
  const events: NameEvent[] = [];
  for (;;) {
    const { value } = read(fd, buffer);
    if (value <= 0) return events;
    events.push(...nameEventsIn(buffer.subarray(0, value)));
  }
}

function historyIn(queue: number, path: string): NameHistory {
  const all = readQueue(queue);
  if (all.some((event) => (event.mask & IN_Q_OVERFLOW) !== 0)) {
    return { kind: 'unknown', because: 'inotify(7): more happened than its queue holds' };
  }
  const own = all.filter(({ name }) => name === basename(path));
  const events = own.flatMap((event) =>
    Object.entries(names).flatMap(([bit, name]) => ((event.mask & Number(bit)) === 0 ? [] : [name])),
  );
  return { kind: 'events', events };
}

/** Runs `body`, which may ask once what has happened to the name since. */
export async function watchingName<T>(
  path: string,
  body: (history: () => NameHistory) => Promise<T>,
): Promise<T> {
  const queue = inotifyInit(platform.O_CLOEXEC | platform.O_NONBLOCK);
  const mask = IN_CREATE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE;
  const { errno } = queue.errno === null ? inotifyWatch(queue.value, dirname(path), mask) : queue;
  try {
    return await body(() =>
      errno === null ? historyIn(queue.value, path) : { kind: 'unknown', because: `inotify(7): ${errno}` },
    );
  } finally {
    if (queue.errno === null) close(queue.value);
  }
}
