/** <sys/event.h>: the BSDs and macOS. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = { kqueue: functionIfAny('int kqueue(void)') };

/** kqueue(2): ENOSYS where there is none. */
export const kqueue = (): CallResult =>
  c.kqueue === null ? { value: -1, errno: 'ENOSYS' } : returned(c.kqueue());
