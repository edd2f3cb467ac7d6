/** <sys/inotify.h>, Linux: what happens to the names in a directory, in the order in which it happened. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = {
  init: functionIfAny('int inotify_init1(int flags)'),
  watch: functionIfAny('int inotify_add_watch(int fd, const char *path, uint32_t mask)'),
};

const none: CallResult = { value: -1, errno: 'ENOSYS' };

/** inotify_init1(2): EMFILE, ENFILE. `flags` are O_CLOEXEC and O_NONBLOCK. */
export const inotifyInit = (flags: number): CallResult => (c.init === null ? none : returned(c.init(flags)));

/** inotify_add_watch(2): EACCES, ENOENT, ENOSPC. */
export const inotifyWatch = (fd: number, path: string, mask: number): CallResult =>
  c.watch === null ? none : returned(c.watch(fd, path, mask));

/** Bits of a mask, <linux/inotify.h>. */
export const IN_MODIFY = 0x2;
export const IN_MOVED_FROM = 0x40;
export const IN_MOVED_TO = 0x80;
export const IN_CREATE = 0x100;
export const IN_DELETE = 0x200;
/** More happened than the queue holds. */
export const IN_Q_OVERFLOW = 0x4000;

export interface NameEvent {
  readonly mask: number;
  readonly name: string;
}

/** struct inotify_event: watch, mask, cookie and length of four bytes each, then the name and zeros. */
export function nameEventsIn(bytes: Buffer): readonly NameEvent[] {
  const events: NameEvent[] = [];
  for (let at = 0; at + 16 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 12);
    const name = bytes.toString('utf8', at + 16, at + 16 + length).split('\0')[0] ?? '';
    events.push({ mask: bytes.readUInt32LE(at + 4), name });
    at += 16 + length;
  }
  return events;
}
