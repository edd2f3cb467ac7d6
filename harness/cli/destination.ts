/** Where a report is written: a stream of ours, a device, or a file that holds all of it or was never touched. */

import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Io } from './io.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';

export type StreamNumber = number;

export interface Destination {
  /** The terminal it is, if it is one. */
  readonly terminal: { readonly columns: number | null } | null;
  /** Writes the whole text. @throws if it cannot be written, with the name the user gave */
  write(text: string): Promise<void>;
}

function errorCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
}

function unwritable(name: string, why: string): ReturnType<typeof usageError> {
  return usageError(`${name} cannot be written: ${why}`);
}

function naming(name: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new Error(`${name} could not be written (${errorCode(cause)})`, { cause });
  }
}

/** A descriptor that is already open. */
export function openStream(fd: StreamNumber, name: string, io: Io): ParseResult<Destination> {
  if (fd === 1 || fd === 2) {
    const stream = fd === 1 ? io.stdout : io.stderr;
    return understood({
      terminal: stream.isTTY ? { columns: stream.columns } : null,
      write: (text) => stream.write(text),
    });
  }
  try {
    fstatSync(fd);
  } catch (thrown) {
    return unwritable(name, `no such descriptor is open (${errorCode(thrown)})`);
  }
  return understood({
    terminal: null,
    write: async (text) => naming(name, () => writeFileSync(fd, text)),
  });
}

/** Nothing is created here: a run that is killed leaves no file behind. */
export function openFile(path: string, name: string): ParseResult<Destination> {
  let stats: Stats | null = null;
  try {
    stats = statSync(path);
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code !== 'ENOENT') return unwritable(name, code);
    if (isLink(path)) return unwritable(name, 'it is a link to nowhere');
  }
  if (stats === null) return inDirectory(path, name, null);
  if (stats.isDirectory()) return unwritable(name, 'it is a directory');
  if (stats.isBlockDevice()) return unwritable(name, 'it is a block device');
  if (!stats.isFile()) return openDevice(path, name);
  // The file behind a link is replaced, not the link.
  return inDirectory(realpathSync(path), name, stats.mode & 0o7777);
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** A terminal, /dev/null or a fifo with a reader: opened now, written in place. */
function openDevice(path: string, name: string): ParseResult<Destination> {
  let fd: number;
  try {
    // Without O_NONBLOCK a fifo that nobody reads would keep us here for good; O_NOCTTY, for this is no daemon's errand.
    const probe = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    fd = openSync(path, constants.O_WRONLY | constants.O_NOCTTY);
    closeSync(probe);
  } catch (thrown) {
    const code = errorCode(thrown);
    return unwritable(name, code === 'ENXIO' ? 'nobody reads it (ENXIO)' : code);
  }
  return understood({
    terminal: null,
    write: async (text) => {
      naming(name, () => writeFileSync(fd, text));
      closeSync(fd);
    },
  });
}

/** Beside the file first, then renamed over it: rename(2) is atomic. */
function inDirectory(path: string, name: string, mode: number | null): ParseResult<Destination> {
  const directory = dirname(path);
  try {
    if (mode !== null) accessSync(path, constants.W_OK);
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (thrown) {
    const code = errorCode(thrown);
    return unwritable(name, code === 'ENOENT' ? `there is no directory ${directory}` : code);
  }
  return understood({
    terminal: null,
    write: async (text) =>
      naming(name, () => {
        const beside = join(directory, `.${basename(path).slice(0, 200)}.${process.pid}`);
        try {
          writeFileSync(beside, text, { flag: 'wx' });
          if (mode !== null) chmodSync(beside, mode);
          renameSync(beside, path);
        } catch (thrown) {
          removeIfThere(beside);
          throw thrown;
        }
      }),
  });
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never created, or somebody else's file of that name stands there: EEXIST.
  }
}
