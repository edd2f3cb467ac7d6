/** Directories that are there: a wrong one would show nothing, and so prove everything. */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ParseResult, understood, usageError } from './usage-error.ts';

export function parseDirectories(
  words: readonly string[],
  of: string,
  base: string,
): ParseResult<readonly string[]> {
  const paths = words.map((word) => resolve(base, word));
  const missing = paths.find((path) => !(statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false));
  return missing === undefined
    ? understood(paths)
    : usageError(`${of}: ${missing} is no directory; name the ones in which the program creates files`);
}
