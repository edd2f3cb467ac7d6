/** A working directory that is no more. */

import { rmdirSync } from 'node:fs';
import { must } from '../../../harness/libc/library.ts';
import { mkdir } from '../../../harness/libc/sys-stat.ts';
import { chdir } from '../../../harness/libc/unistd.ts';

/** Enters a fresh directory below `directory` and removes it. */
export function enterRemoved(directory: string): void {
  const path = `${directory}/removed`;
  must('mkdir', mkdir(path, 0o700));
  must('chdir', chdir(path));
  rmdirSync(path);
}
