/** <sys/stat.h> */

import { libc } from './library.ts';

const c = { umask: libc.func('uint32_t umask(uint32_t mask)') };

/** POSIX.1-2024 XSH umask(): cannot fail. Value: the former mask. */
export const umask = (mask: number): number => c.umask(mask);
