/** <semaphore.h> */

import { libc, type Returned, returned } from './library.ts';
import type { Mapping } from './sys-mman.ts';

const c = {
  sem_init: libc.func('sem_init', 'int', ['intptr_t', 'int', 'unsigned int']),
  sem_post: libc.func('sem_post', 'int', ['intptr_t']),
  sem_trywait: libc.func('sem_trywait', 'int', ['intptr_t']),
};

/** POSIX.1-2024 XSH sem_init() of a semaphore at the start of a shared mapping, its value 0. */
export const semInit = ({ address }: Mapping): Returned => returned(c.sem_init(address, 1, 0));
/** POSIX.1-2024 XSH sem_post(). */
export const semPost = ({ address }: Mapping): Returned => returned(c.sem_post(address));
/** POSIX.1-2024 XSH sem_trywait(): EAGAIN while its value is 0. */
export const semTryWait = ({ address }: Mapping): Returned => returned(c.sem_trywait(address));
