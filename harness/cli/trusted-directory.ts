/**
 * The directory that a name leads to, entered component by component and held by a descriptor: what is done in it
 * afterwards happens in that directory, whoever renames what on the way. No link is followed that somebody else than
 * root or the caller has made: where it leads is for its maker to choose, and the caller's right to write there.
 */

import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenDirectory, openDirectory } from '../launch/open-directory.ts';

export interface TrustedDirectory {
  /** Name of the last component, which is no link. It need not be there. */
  readonly base: string;
  /** The name that was given is a link, and the last component is what that leads to. */
  readonly linked: boolean;
  /** A path of a name in it, that leads nowhere else when the directory is renamed. */
  readonly at: (name: string) => string;
  [Symbol.dispose](): void;
}

/** The link is of a user who is not trusted. */
export class ForeignLink extends Error {
  constructor(path: string, userId: number) {
    super(`${path} is a link of user ${userId}; name the file it leads to`);
    this.name = 'ForeignLink';
  }
}

/** As many as the kernel follows, path_resolution(7). */
const linksAtMost = 40;

/** A directory on the way. */
interface Step {
  readonly path: string;
  readonly directory: OpenDirectory;
}

const enter = (path: string, name: string): Step => ({ path, directory: openDirectory(name, 'no link') });

const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '' && name !== '.');

/** @param path absolute @throws ForeignLink, or the error of the call that failed: ENOENT, ENOTDIR, EACCES, ELOOP */
export function enterDirectoryOf(path: string): TrustedDirectory {
  const trusted = [0, process.geteuid?.() ?? 0];
  const names = namesOf(path);
  let linked = false;
  let at = enter('/', '/');
  try {
    for (let links = 0; ; ) {
      const name = names.shift() ?? '.';
      const seen = lstatSync(at.directory.at(name), { throwIfNoEntry: names.length > 0 });
      const here = join(at.path, name);
      if (seen?.isSymbolicLink() === true) {
        if (!trusted.includes(seen.uid)) throw new ForeignLink(here, seen.uid);
        if (++links > linksAtMost) throw Object.assign(new Error(`ELOOP: ${here}`), { code: 'ELOOP' });
        const target = readlinkSync(at.directory.at(name));
        linked ||= names.length === 0;
        names.unshift(...namesOf(target));
        if (!target.startsWith('/')) continue;
        at.directory.close();
        at = enter('/', '/');
        continue;
      }
      if (names.length === 0) {
        const last = at.directory;
        return { base: name, linked, at: last.at, [Symbol.dispose]: () => last.close() };
      }
      const next = enter(here, at.directory.at(name));
      at.directory.close();
      at = next;
    }
  } catch (error) {
    at.directory.close();
    throw error;
  }
}
