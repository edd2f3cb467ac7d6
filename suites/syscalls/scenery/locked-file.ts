/** A file with a record lock. */

import { constants } from 'node:fs';
import { F_SETLK, F_WRLCK, lock, O_RDWR, open } from '../../../harness/libc/fcntl.ts';
import { must } from '../../../harness/libc/library.ts';

/** Creates `lock` in the directory and locks it for the caller; its descriptor. */
export function lockedFile(directory: string): number {
  const fd = must('open', open(`${directory}/lock`, O_RDWR | constants.O_CREAT, 0o600));
  must('fcntl(F_SETLK)', lock(fd, F_SETLK, F_WRLCK));
  return fd;
}
