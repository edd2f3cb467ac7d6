/** Where a report is written: a stream of ours, a device, or a file that holds all of it or was never touched. */

import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type ParseResult, understood, usageError } from '../options/usage-error.ts';
import type { Io } from './io.ts';
import { enterDirectoryOf, ForeignLink, type TrustedDirectory } from './trusted-directory.ts';

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
  let place: TrustedDirectory;
  try {
    place = enterDirectoryOf(path);
  } catch (thrown) {
    if (thrown instanceof ForeignLink) return unwritable(name, thrown.message);
    const code = errorCode(thrown);
    return unwritable(name, code === 'ENOENT' ? `there is no directory ${dirname(path)}` : code);
  }
  const opened = openIn(place, name);
  if (opened.kind === 'usage-error') place[Symbol.dispose]();
  return opened;
}

function openIn(place: TrustedDirectory, name: string): ParseResult<Destination> {
  let there: Stats | undefined;
  try {
    there = lstatSync(place.at(place.base), { throwIfNoEntry: false });
  } catch (thrown) {
    return unwritable(name, errorCode(thrown));
  }
  if (there === undefined && place.linked) return unwritable(name, 'it is a link to nowhere');
  if (there?.isDirectory()) return unwritable(name, 'it is a directory');
  if (there?.isBlockDevice()) return unwritable(name, 'it is a block device');
  return there === undefined || there.isFile() ? fileIn(place, name, there) : deviceIn(place, name);
}

const isSame = (one: Stats, other: Stats): boolean => one.dev === other.dev && one.ino === other.ino;

/** A terminal, /dev/null or a fifo with a reader: opened now, written in place. */
function deviceIn(place: TrustedDirectory, name: string): ParseResult<Destination> {
  let fd: number;
  try {
    const flags = constants.O_WRONLY | constants.O_NOCTTY | constants.O_NOFOLLOW;
    // Without O_NONBLOCK a fifo that nobody reads would keep us here for good; O_NOCTTY, for this is no daemon's errand.
    const probe = openSync(place.at(place.base), flags | constants.O_NONBLOCK);
    try {
      // Had a file come to stand there, its beginning would be overwritten.
      if (fstatSync(probe).isFile()) return unwritable(name, 'it has just become a file');
      fd = openSync(place.at(place.base), flags);
      if (!isSame(fstatSync(probe), fstatSync(fd))) {
        closeSync(fd);
        return unwritable(name, 'it has just become another');
      }
    } finally {
      closeSync(probe);
    }
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

/** <sys/stat.h>: in such a directory only its owner and the owner of a file may rename or remove it. */
const S_ISVTX = 0o1000;

/** Beside the file first, then renamed over it: rename(2) is atomic, and replaces a link instead of following it. */
function fileIn(place: TrustedDirectory, name: string, there: Stats | undefined): ParseResult<Destination> {
  const user = process.geteuid?.() ?? 0;
  try {
    if (there !== undefined) accessSync(place.at(place.base), constants.W_OK);
    accessSync(place.at('.'), constants.W_OK | constants.X_OK);
    const { mode, uid } = statSync(place.at('.'));
    const mayReplace = there === undefined || [0, uid, there.uid].includes(user);
    if ((mode & S_ISVTX) !== 0 && !mayReplace) return unwritable(name, `it belongs to user ${there.uid}`);
  } catch (thrown) {
    return unwritable(name, errorCode(thrown));
  }
  return understood({
    terminal: null,
    write: async (text) =>
      naming(name, () => {
        using _ = place;
        replace(place, text);
      }),
  });
}

/** Who may read and write it; what a file of ours had of that is kept, of anybody else's nothing. */
function modeOfOwn(path: string): number | null {
  const there = lstatSync(path, { throwIfNoEntry: false });
  const isOwn = there?.isFile() === true && there.uid === (process.geteuid?.() ?? 0);
  return isOwn ? there.mode & 0o777 : null;
}

/** The name cannot be foreseen, so nothing can stand under it; a process killed in here leaves it, and nothing else. */
function replace({ at, base }: TrustedDirectory, text: string): void {
  const mode = modeOfOwn(at(base));
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const beside = at(`.daemon-conformance-${randomBytes(12).toString('hex')}`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const fd = openSync(beside, flags, mode ?? 0o666);
  try {
    writeFileSync(fd, text);
    if (mode !== null) fchmodSync(fd, mode);
    renameSync(beside, at(base));
  } catch (thrown) {
    // Not what somebody else has put in its place.
    const there = lstatSync(beside, { throwIfNoEntry: false });
    if (there !== undefined && isSame(there, fstatSync(fd))) unlinkSync(beside);
    throw thrown;
  } finally {
    closeSync(fd);
  }
}
