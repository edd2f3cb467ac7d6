/**
 * Removes a directory with all that is in it, whatever a hostile program has made of it: by descriptors, so that no
 * link is followed and nobody can move a directory on the way; without recursion and long paths, so that no depth is
 * too deep. What cannot be removed is returned, to be said.
 */

import { readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenDirectory, openDirectory } from './open-directory.ts';

/** What stays, and why. */
export interface LeftFile {
  readonly path: string;
  readonly because: string;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

export interface Removal {
  /** Takes away what is mounted on a path; left out where that is not to be had. */
  readonly detach?: (path: string) => void;
}

/** So many rounds against somebody who goes on making files: a stage that ends beside this one is done sooner. */
const roundsAtMost = 20;

/** @param directory a path, or what stands for an open directory */
export function removeTree(directory: string, name: string, removal: Removal = {}): readonly LeftFile[] {
  const path = join(directory, name);
  let left: readonly LeftFile[] = [];
  for (let round = 0; round < roundsAtMost; round++) {
    try {
      const top = openDirectory(path, 'no link');
      try {
        top.allow();
        left = empty(top, path, removal);
      } finally {
        top.close();
      }
      removal.detach?.(path);
      rmdirSync(path);
      return [];
    } catch (error) {
      const because = codeOf(error);
      if (because === 'ENOENT') return [];
      if (left.length === 0) left = [{ path, because }];
    }
  }
  return left;
}

/** What stays of the content of a directory. Its subdirectories are emptied into it, one level at a time. */
function empty(top: OpenDirectory, path: string, removal: Removal): readonly LeftFile[] {
  const left = new Map<string, string>();
  let moves = 0;
  let moved: string | null = null;
  const nextName = (): string => {
    // Loaded where a directory is in it: half of what Node has comes with it.
    moved ??= process.getBuiltinModule('node:crypto').randomBytes(6).toString('hex');
    return `${moved}-${moves++}`;
  };
  for (let going = true; going; ) {
    going = false;
    for (const entry of readdirSync(top.at('.'), { withFileTypes: true })) {
      const { name } = entry;
      if (left.has(name)) continue;
      try {
        if (!entry.isDirectory()) {
          unlinkSync(top.at(name));
          continue;
        }
        removal.detach?.(top.at(name));
        going = true;
        lift(top, name, nextName, removal);
        rmdirSync(top.at(name));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') left.set(name, codeOf(error));
      }
    }
  }
  return [...left].map(([name, because]) => ({ path: join(path, name), because }));
}

/** Unlinks the files of a subdirectory, and moves its own subdirectories up beside it. */
function lift(top: OpenDirectory, name: string, nextName: () => string, { detach }: Removal): void {
  const inner = openDirectory(top.at(name), 'no link');
  try {
    inner.allow();
    let refused: unknown = null;
    for (const entry of readdirSync(inner.at('.'), { withFileTypes: true })) {
      try {
        if (entry.isDirectory()) {
          detach?.(inner.at(entry.name));
          renameSync(inner.at(entry.name), top.at(nextName()));
        } else {
          unlinkSync(inner.at(entry.name));
        }
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') refused = error;
      }
    }
    if (refused !== null) throw refused;
  } finally {
    inner.close();
  }
}
