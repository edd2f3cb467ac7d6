/** <stdio.h> */

import { type CallResult, libc, returned } from './library.ts';

const c = { rename: libc.func('int rename(const char *from, const char *to)') };

/** POSIX.1-2024 XSH rename(): EACCES, ENOENT, EXDEV and more. What has the new name is replaced in one step. */
export const rename = (from: string, to: string): CallResult => returned(c.rename(from, to));
