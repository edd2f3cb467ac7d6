/** Targets of the links in /proc/PID, proc_pid_cwd(5), proc_pid_exe(5). */

import { readlinkSync, statSync } from 'node:fs';
import { type Fact, isUnreadable } from '../../facts/process.ts';
import { reading } from './reading.ts';

export interface LinkTarget {
  readonly path: string;
  /** It was removed: the kernel marks the name and no link to the file is left. */
  readonly removed: boolean;
}

const mark = ' (deleted)';

/** Where a link points, without the kernel's mark. A directory may itself be named `x (deleted)`: stat(2) decides. */
export function readLinkTarget(path: string): Fact<LinkTarget> {
  const target = reading(path, (link) => readlinkSync(link));
  if (isUnreadable(target)) return target;
  if (!target.endsWith(mark)) return { path: target, removed: false };
  const links = reading(path, (link) => statSync(link).nlink);
  if (isUnreadable(links)) return links;
  return links === 0
    ? { path: target.slice(0, -mark.length), removed: true }
    : { path: target, removed: false };
}
