/** <semaphore.h> */

import { type CallResult, returned } from './library.ts';
import { realTimeFunctionIfAny } from './real-time-library.ts';
import type { Mapping } from './sys-mman.ts';

const c = {
  sem_init: realTimeFunctionIfAny('int sem_init(intptr_t semaphore, int shared, unsigned int value)'),
  sem_post: realTimeFunctionIfAny('int sem_post(intptr_t semaphore)'),
  sem_trywait: realTimeFunctionIfAny('int sem_trywait(intptr_t semaphore)'),
};
const absent: CallResult = { value: -1, errno: 'ENOSYS' };

/**
 * POSIX.1-2024 XSH sem_init() of a semaphore at the start of a shared mapping, its value 0. OpenBSD refuses one that
 * is shared between processes, macOS every one.
 */
export const semInit = ({ address }: Mapping): CallResult =>
  c.sem_init === null ? absent : returned(c.sem_init(address, 1, 0));
/** POSIX.1-2024 XSH sem_post(). */
export const semPost = ({ address }: Mapping): CallResult =>
  c.sem_post === null ? absent : returned(c.sem_post(address));
/** POSIX.1-2024 XSH sem_trywait(): EAGAIN while its value is 0. */
export const semTryWait = ({ address }: Mapping): CallResult =>
  c.sem_trywait === null ? absent : returned(c.sem_trywait(address));
