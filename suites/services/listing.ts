/** What is in directories where programs write, and what has changed there. */

import { lstatSync, readdirSync, readlinkSync } from 'node:fs';

/** By path: kind, mode, owner, size, time of the last modification, target of a link. */
export type Listing = ReadonlyMap<string, string>;

function described(path: string): string | null {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return null;
  const { mode, uid, gid, size, mtimeNs, ino } = stat;
  const link = stat.isSymbolicLink() ? readlinkSync(path) : '';
  return [mode.toString(8), uid, gid, size, mtimeNs, ino, link].join(' ');
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // No directory, or gone meanwhile.
    return [];
  }
}

/** Everything at and below these paths. */
export function listingOf(paths: readonly string[]): Listing {
  const seen = new Map<string, string>();
  const pending = [...paths];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const what = described(path);
    if (what === null) continue;
    seen.set(path, what);
    // A symbolic link is not followed: readdir(3) would.
    if (!what.startsWith('120')) pending.push(...namesIn(path).map((name) => `${path}/${name}`));
  }
  return seen;
}

/** One line for each path that is new, gone or another, in their order. */
export function changesBetween(before: Listing, after: Listing): readonly string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: ${before.get(path) ?? 'not there'} -> ${after.get(path) ?? 'not there'}`);
}
