/** <dirent.h> */

import { libc } from './library.ts';

const c = {
  opendir: libc.func('intptr_t opendir(const char *path)'),
  readdir: libc.func('readdir', 'intptr_t', ['intptr_t']),
};

/** POSIX.1-2024 XSH opendir(): a directory stream, 0 if it failed. */
export const opendir = (path: string): number => Number(c.opendir(path));
/** POSIX.1-2024 XSH readdir(): whether there was another entry. */
export const readdir = (stream: number): boolean => Number(c.readdir(stream)) !== 0;
