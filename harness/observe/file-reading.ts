/** The beginning of a small file and what stat(2) says of it, at one moment. */

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { FileKind, FileReading } from '../facts/file.ts';
import { errnoOf } from './linux/reading.ts';

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
