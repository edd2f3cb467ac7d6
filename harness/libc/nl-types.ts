/** <nl_types.h> */

import { libc } from './library.ts';

const c = {
  catopen: libc.func('intptr_t catopen(const char *name, int flag)'),
  catgets: libc.func('catgets', 'const char *', ['intptr_t', 'int', 'int', 'const char *']),
};

/** POSIX.1-2024 XSH catopen(): a descriptor, -1 if it failed. */
export const catopen = (path: string): number => Number(c.catopen(path, 0));
/** POSIX.1-2024 XSH catgets(): the message, or `otherwise`. */
export const catgets = (catalogue: number, set: number, message: number, otherwise: string): string =>
  c.catgets(catalogue, set, message, otherwise);
