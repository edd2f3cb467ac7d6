/**
 * Files that others name or write: the program, its user, whoever else may write there. What stands under the name is
 * opened only if it is a regular file, and never read beyond a bound. A fifo would keep the reader for good, a device
 * may do something when it is opened, and neither /dev/zero nor a hostile file has an end.
 */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import type { FileKind, FileReading } from '../facts/file.ts';
import { errnoOf } from './linux/reading.ts';

const beginning = 64;
/** A process ID, and what a program may note below it. */
const pidfileBytes = 4096;

function kindOf(stats: Stats): FileKind {
  if (stats.isSymbolicLink()) return 'symbolic-link';
  if (stats.isFIFO()) return 'fifo';
  if (stats.isDirectory()) return 'directory';
  return stats.isFile() ? 'file' : 'other';
}

export function identityOf({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string {
  return `${dev}:${ino}`;
}

export interface NamedFile {
  readonly kind: 'read';
  readonly bytes: Buffer;
  /** It has more than was asked for. */
  readonly cut: boolean;
}

export interface UnreadNamedFile {
  readonly kind: 'unread';
  /** Name of an errno, or what stands there instead of a file. */
  readonly because: string;
}

/** What the open file holds from its beginning, whatever size it claims to have. */
function readUpTo(fd: number, bytesAtMost: number): Buffer {
  const pieces: Buffer[] = [];
  for (let left = bytesAtMost; left > 0; ) {
    const piece = Buffer.alloc(Math.min(left, 256 * 1024));
    const length = readSync(fd, piece);
    if (length === 0) break;
    pieces.push(piece.subarray(0, length));
    left -= length;
  }
  return Buffer.concat(pieces);
}

function open(path: string): { readonly fd: number; readonly stats: Stats } | UnreadNamedFile {
  const refused = (stats: Stats): UnreadNamedFile | null => {
    if (stats.isFile()) return null;
    if (stats.isDirectory()) return { kind: 'unread', because: 'EISDIR' };
    return { kind: 'unread', because: `it is a ${stats.isFIFO() ? 'fifo' : 'device or a socket'}` };
  };
  try {
    const before = refused(statSync(path));
    if (before !== null) return before;
    // It may have become something else since.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const stats = fstatSync(fd);
    const after = refused(stats);
    if (after === null) return { fd, stats };
    closeSync(fd);
    return after;
  } catch (error) {
    return { kind: 'unread', because: errnoOf(error) };
  }
}

/** Never waits, and never reads more than a byte beyond the bound. */
export function readNamedFile(path: string, bytesAtMost: number): NamedFile | UnreadNamedFile {
  const opened = open(path);
  if ('kind' in opened) return opened;
  try {
    return readOpenFile(opened.fd, bytesAtMost);
  } catch (error) {
    return { kind: 'unread', because: errnoOf(error) };
  } finally {
    closeSync(opened.fd);
  }
}

/** The same of a descriptor that is open already, a pipe for instance. @throws the error of read(2) */
export function readOpenFile(fd: number, bytesAtMost: number): NamedFile {
  const bytes = readUpTo(fd, bytesAtMost + 1);
  return { kind: 'read', bytes: bytes.subarray(0, bytesAtMost), cut: bytes.length > bytesAtMost };
}

/** The text of a pidfile as latin1; null if none can be read. */
export function pidfileText(path: string): string | null {
  const file = readNamedFile(path, pidfileBytes);
  return file.kind === 'read' ? file.bytes.toString('latin1') : null;
}

/** The beginning of a small file and what stat(2) says of it, at one moment. Never waits: a fifo is empty. */
export function readBeginning(path: string): FileReading {
  let fd: number | null = null;
  try {
    const kind = kindOf(lstatSync(path));
    const opened = open(path);
    let stats: Stats;
    if ('kind' in opened) {
      stats = statSync(path);
      if (stats.isFile()) return { absent: opened.because };
    } else {
      ({ fd, stats } = opened);
    }
    return {
      kind,
      text: fd === null ? '' : readUpTo(fd, beginning).toString('latin1'),
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
