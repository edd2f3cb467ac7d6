/**
 * What every stage does, done once before one is forked: Node compiles a function of its own when it is first called,
 * and what a stage has compiled is gone with it. No result matters here; what fails will fail where it does.
 */

import { chmodSync, chownSync, fstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { deviceNameOf } from '../observe/device-name.ts';
import { removeTree } from './remove-tree.ts';

/** @param directory one of the caller's, in which nothing is left */
export function rehearse(directory: string): void {
  try {
    const top = join(directory, 'rehearsal');
    for (const path of [top, join(top, 'inner')]) mkdirSync(path, 0o755);
    const { mode, uid, gid } = statSync(top);
    chownSync(top, uid, gid);
    chmodSync(top, mode & 0o7777);
    symlinkSync('inner', join(top, 'link'));
    readlinkSync(join(top, 'link'));
    removeTree(directory, 'rehearsal');
    fstatSync(0, { bigint: true });
    deviceNameOf('/dev/null');
  } catch {
    // Then every stage compiles the rest for itself.
  }
}
