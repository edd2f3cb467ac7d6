/** A directory that stays the same while names in it are looked up, whoever moves it or puts a link in its place. */

import { chmodSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { O_PATH } from '../libc/linux/fcntl.ts';

/** A place whose names are looked up in the directory itself, whatever it is called by now. */
export interface OpenDirectory {
  readonly at: (name: string) => string;
  /** Lets the caller into it: also one that nobody may enter can be opened. */
  allow(): void;
  close(): void;
}

/**
 * Where there is no /proc to look names up by descriptors, they are looked up by their paths.
 *
 * @param links whether the path may be a link itself
 * @throws what node:fs throws
 */
export function openDirectory(path: string, links: 'no link' | 'followed'): OpenDirectory {
  if (process.platform !== 'linux' || !existsSync('/proc/self/fd')) {
    return { at: (name) => join(path, name), allow: () => allow(path), close: () => {} };
  }
  const fd = openSync(
    path,
    O_PATH | constants.O_DIRECTORY | (links === 'followed' ? 0 : constants.O_NOFOLLOW),
  );
  const self = `/proc/self/fd/${fd}`;
  return { at: (name) => `${self}/${name}`, allow: () => allow(self), close: () => closeSync(fd) };
}

function allow(path: string): void {
  try {
    chmodSync(path, 0o700);
  } catch {
    // Somebody else's: what is refused in it is told then.
  }
}
