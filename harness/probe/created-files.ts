/** Files in declared directories, before and after a launch. */

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CreatedFile } from '../facts/finding.ts';

/** By path: identity and mode. Directories are gone into as deep as a program usually makes them. */
export type Listing = ReadonlyMap<string, CreatedFile & { readonly identity: string }>;

const deepest = 4;
const most = 10_000;

/** @param place where each is found */
export function listingOf(
  directories: readonly string[],
  place: (path: string) => string = (path) => path,
): Listing {
  const found = new Map<string, CreatedFile & { readonly identity: string }>();
  const walk = (directory: string, depth: number): void => {
    let names: readonly string[] = [];
    try {
      names = readdirSync(place(directory));
    } catch {
      // Not there yet: the program may make it.
    }
    for (const name of names) {
      const path = join(directory, name);
      if (found.size >= most) return;
      try {
        const stats = lstatSync(place(path));
        const kind = stats.isDirectory()
          ? 'directory'
          : stats.isSocket()
            ? 'socket'
            : stats.isSymbolicLink()
              ? 'symbolic link'
              : 'file';
        const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
        found.set(path, { path, kind, mode, identity: `${stats.dev}:${stats.ino}:${stats.birthtimeMs}` });
        if (kind === 'directory' && depth < deepest) walk(path, depth + 1);
      } catch {
        // Gone between the two looks.
      }
    }
  };
  for (const directory of directories) walk(directory, 1);
  return found;
}

/** What is there now and was not there before; a symbolic link has no mode of its own. */
export function createdSince(before: Listing, now: Listing): readonly CreatedFile[] {
  return [...now.values()]
    .filter(({ path, kind, identity }) => kind !== 'symbolic link' && before.get(path)?.identity !== identity)
    .map(({ path, kind, mode }) => ({ path, kind, mode }));
}
