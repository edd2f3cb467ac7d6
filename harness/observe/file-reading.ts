/** The beginning of a small file and what stat(2) says of it, at one moment. */

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { errnoOf } from './linux/reading.ts';

export type FileKind = 'file' | 'symbolic-link' | 'fifo' | 'directory' | 'other';

export interface FileSeen {
  /** What stands under the name itself: a symbolic link is not followed for it. */
  readonly kind: FileKind;
  /** The first bytes, as latin1. */
  readonly text: string;
  /** Permission bits, `0644`. */
  readonly mode: string;
  readonly userId: number;
  /** `device:inode`. */
  readonly identity: string;
}

export type FileReading = FileSeen | { readonly absent: string };

const beginning = 64;

function kindOf(stats: Stats): FileKind {
  if (stats.isSymbolicLink()) return 'symbolic-link';
  if (stats.isFIFO()) return 'fifo';
  if (stats.isDirectory()) return 'directory';
  return stats.isFile() ? 'file' : 'other';
}

export function identityOf({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string {
  return `${dev}:${ino}`;
}

/** Never waits: a fifo without a writer is empty. */
export function readBeginning(path: string): FileReading {
  let fd: number | null = null;
  try {
    const kind = kindOf(lstatSync(path));
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const stats = fstatSync(fd);
    const buffer = Buffer.alloc(beginning);
    const length = stats.isFile() ? readSync(fd, buffer) : 0;
    return {
      kind,
      text: buffer.toString('latin1', 0, length),
      mode: (stats.mode & 0o7777).toString(8).padStart(4, '0'),
      userId: stats.uid,
      identity: identityOf(stats),
    };
  } catch (error) {
    return { absent: errnoOf(error) };
  } finally {
    if (fd !== null) closeSync(fd);
  }
}
