/** Reading under /proc, where every failure is an answer: the errno becomes the reason of an unreadable fact. */

import { readFileSync } from 'node:fs';
import { type Fact, unreadable } from '../../facts/process.ts';

/** Name of the errno of a failed system call (`ENOENT`). Rethrows whatever is not one: then the harness is broken. */
export function errnoOf(error: unknown): string {
  if (error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  throw error;
}

/** What `read` answers for `path`; a failed system call becomes unreadable, as `EACCES on /proc/402/fd`. */
export function reading<T>(path: string, read: (path: string) => T): Fact<T> {
  try {
    return read(path);
  } catch (error) {
    return unreadable(`${errnoOf(error)} on ${path}`);
  }
}

/** So many texts at most are remembered. */
const remembered = 64;

/** As `parse`, and what it made of a text is made once: what processes are given is mostly the same. */
export function remembering<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= remembered) known.clear();
    const made = parse(text);
    known.set(text, made);
    return made;
  };
}

/**
 * The whole text of a file under /proc; throws the system error.
 *
 * Bytes that are not UTF-8 become U+FFFD. Latin-1 would keep them apart, but would also garble every valid name
 * outside ASCII, and names are compared with what the user wrote and printed in reports.
 */
export function textOf(path: string): string {
  // With an encoding Node opens, reads to the end and closes in one native call, whatever size stat(2) tells.
  // biome-ignore lint/plugin: the kernel's own files
  return readFileSync(path, 'utf8');
}
