/**
 * Removes a file by its name, whatever its directory is replaced with meanwhile: root must not be led elsewhere by a link
 * that the program, or another user, puts on the way.
 */

import { unlinkSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { openDirectory } from './open-directory.ts';

/**
 * Whether it is gone: looked at and removed in the same directory. A directory is nobody's to remove here.
 *
 * @param fits told the name by which what stands there is to be looked at
 */
export function removeName(path: string, fits: (path: string) => boolean): boolean {
  try {
    const directory = openDirectory(dirname(path), 'followed');
    try {
      const at = directory.at(basename(path));
      if (!fits(at)) return false;
      unlinkSync(at);
      return true;
    } finally {
      directory.close();
    }
  } catch {
    // Not ours to remove, or gone already.
    return false;
  }
}
