/** <pthread.h>: a thread beside the one that runs JavaScript. */

import { type CallResult, errnoName, libc } from './library.ts';

const c = {
  pthread_create: libc.func(
    'int pthread_create(_Out_ intptr_t *thread, const void *attributes, intptr_t start, intptr_t argument)',
  ),
};

/** Address of pause(2), which as a start routine sleeps for as long as the process lives. */
const pause = Number(libc.symbol('pause', 'void'));

/** POSIX.1-2024 XSH pthread_create() of a thread that sleeps; it inherits the caller's signal mask. EAGAIN, EPERM. */
export function createSleepingThread(): CallResult {
  const thread = [0];
  const errno: number = c.pthread_create(thread, null, pause, 0);
  return errno === 0 ? { value: 0, errno: null } : { value: -1, errno: errnoName(errno) };
}
