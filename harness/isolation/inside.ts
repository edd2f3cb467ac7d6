/** Files and process IDs of the world of a launch, for an observer outside of it. */

import { lstatSync, readFileSync, readlinkSync } from 'node:fs';

/** As many as the kernel follows in one path, path_resolution(7). */
const mostLinks = 40;

/**
 * The path of a file of that world for an observer outside: it leads through the root directory of the world's process
 * 1. Symbolic links on the way lead where they lead inside; the last name is not followed.
 */
export function placeInside(first: number, path: string): string {
  const root = `/proc/${first}/root`;
  const pending = path.split('/').filter((name) => name !== '' && name !== '.');
  const done: string[] = [];
  for (let links = 0; pending.length > 1; ) {
    const name = pending.shift() ?? '';
    if (name === '..') {
      done.pop();
      continue;
    }
    const target = linkAt(`${root}/${[...done, name].join('/')}`);
    if (target === null || ++links > mostLinks) {
      done.push(name);
      continue;
    }
    if (target.startsWith('/')) done.length = 0;
    pending.unshift(...target.split('/').filter((each) => each !== '' && each !== '.'));
  }
  return [root, ...done, ...pending].join('/');
}

function linkAt(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    return null;
  }
}

/** The ID by which a process in a world knows itself; its ID outside if it is in none, or has ended. */
export function pidInsideOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'latin1');
    const [, inside] = (/^NSpid:\s*(.*)$/m.exec(text)?.[1] ?? '').split(/\s+/).map(Number);
    return inside ?? pid;
  } catch {
    return pid;
  }
}
