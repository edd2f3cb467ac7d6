/** Declared directories and streams: a word with a meaning, or a path, which holds a slash. */

import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { DirectoryPolicy, StreamsPolicy } from '../judge/profile.ts';
import { didYouMean } from './near-miss.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';

/** `root`, `tmp`, `any`, `not-launch-dir` or a path. */
export function parseDirectoryPolicy(text: string, of: string, base: string): ParseResult<DirectoryPolicy> {
  switch (text) {
    case 'any':
      return understood({ kind: 'any' });
    case 'not-launch-dir':
      return understood({ kind: 'not-launch-directory' });
    case 'root':
      return understood({ kind: 'one-of', paths: ['/'] });
    case 'tmp':
      return understood({ kind: 'one-of', paths: bothNames('/tmp') });
    default: {
      if (text.includes('/')) return understood({ kind: 'one-of', paths: bothNames(resolve(base, text)) });
      const meant = didYouMean(text, ['root', 'tmp', 'any', 'not-launch-dir']);
      return usageError(
        `${of} '${text}' is no directory${meant || '; write root, tmp, any, not-launch-dir, or a path with a slash'}`,
      );
    }
  }
}

/** `null`, `any` or a path. */
export function parseStreamsPolicy(text: string, of: string, base: string): ParseResult<StreamsPolicy> {
  switch (text) {
    case 'any':
      return understood({ kind: 'any' });
    case 'null':
      return understood({ kind: 'null-device' });
    default: {
      if (text.includes('/')) return understood({ kind: 'sink', path: realName(resolve(base, text)) });
      const meant = didYouMean(text, ['null', 'any']);
      return usageError(
        `${of} '${text}' is no stream${meant || '; write null, any, or a path with a slash'}`,
      );
    }
  }
}

/** The kernel tells the real name of a directory, the user may have given that of a link to it. */
function bothNames(path: string): readonly string[] {
  const real = realName(path);
  return real === path ? [path] : [path, real];
}

/** Without links, also of a file that the program has yet to create. */
function realName(path: string): string {
  return real(path) ?? join(real(dirname(path)) ?? dirname(path), basename(path));
}

function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
