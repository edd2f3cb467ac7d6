/** Files that the user names to be read: regular ones, or what is already open, as a pipe from another command. */

import { resolve } from 'node:path';
import { type NamedFile, readNamedFile, readOpenFile } from '../observe/file-reading.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';

const mebibyte = 1024 * 1024;

/** What no file of its kind comes near: configurations are written by hand, a report has some kilobytes a program. */
export const inputBytes = { config: 4 * mebibyte, batch: 16 * mebibyte, report: 256 * mebibyte } as const;

/** Number of the descriptor that a name stands for; null if it stands for a file. */
export function descriptorNamed(file: string): number | null {
  if (file === '/dev/stdin') return 0;
  if (file === '/dev/stdout') return 1;
  if (file === '/dev/stderr') return 2;
  const [, fd] = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(file) ?? [];
  return fd === undefined ? null : Number(fd);
}

/** Its text, or why it cannot be read; `because` is the name of an errno where it is one. */
export function readInput(
  file: string,
  cwd: string,
  bytesAtMost: number,
): { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unread'; readonly because: string } {
  const fd = descriptorNamed(file);
  const read = fd === null ? readNamedFile(resolve(cwd, file), bytesAtMost) : readOpen(fd, bytesAtMost);
  if (read.kind === 'unread') return read;
  if (read.cut) return { kind: 'unread', because: `it has more than ${bytesAtMost / mebibyte} MiB` };
  return { kind: 'text', text: read.bytes.toString('utf8') };
}

function readOpen(fd: number, bytesAtMost: number): NamedFile | { kind: 'unread'; because: string } {
  try {
    return readOpenFile(fd, bytesAtMost);
  } catch (thrown) {
    return {
      kind: 'unread',
      because: thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown),
    };
  }
}

/** The same for a file that has to be there. */
export function requireInput(file: string, cwd: string, bytesAtMost: number): ParseResult<string> {
  const read = readInput(file, cwd, bytesAtMost);
  return read.kind === 'text'
    ? understood(read.text)
    : usageError(`${file} cannot be read (${read.because})`);
}
