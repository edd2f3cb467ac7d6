/**
 * The directory that a name leads to, entered component by component and held by a descriptor: what is done in it
 * afterwards happens in that directory, whoever renames what on the way. No link is followed that somebody else than
 * root or the caller has made: where it leads is for its maker to choose, and the caller's right to write there.
 */

import { closeSync, constants, existsSync, lstatSync, openSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

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
/** <fcntl.h> of Linux: a directory that may be entered need not be one that may be read. */
const O_PATH = 0o10000000;

/** A directory on the way. Where descriptors have no names it is a path alone. */
interface Step {
  readonly path: string;
  readonly fd: number | null;
}

const descriptorsHaveNames = (): boolean => process.platform === 'linux' && existsSync('/proc/self/fd');

function enter(path: string, name: string): Step {
  if (!descriptorsHaveNames()) return { path, fd: null };
  return { path, fd: openSync(name, O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW) };
}

const nameIn = ({ path, fd }: Step, name: string): string =>
  fd === null ? join(path, name) : `/proc/self/fd/${fd}/${name}`;

function leave({ fd }: Step): void {
  if (fd !== null) closeSync(fd);
}

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
      const seen = lstatSync(nameIn(at, name), { throwIfNoEntry: names.length > 0 });
      const here = join(at.path, name);
      if (seen?.isSymbolicLink() === true) {
        if (!trusted.includes(seen.uid)) throw new ForeignLink(here, seen.uid);
        if (++links > linksAtMost) throw Object.assign(new Error(`ELOOP: ${here}`), { code: 'ELOOP' });
        const target = readlinkSync(nameIn(at, name));
        linked ||= names.length === 0;
        names.unshift(...namesOf(target));
        if (!target.startsWith('/')) continue;
        leave(at);
        at = enter('/', '/');
        continue;
      }
      if (names.length === 0) {
        const last = at;
        return {
          base: name,
          linked,
          at: (other) => nameIn(last, other),
          [Symbol.dispose]: () => leave(last),
        };
      }
      const next = enter(here, nameIn(at, name));
      leave(at);
      at = next;
    }
  } catch (error) {
    leave(at);
    throw error;
  }
}
