/** <sched.h> */

import { type CallResult, functionIfAny, returned } from './library.ts';
import { platform } from './platform.ts';

const c = {
  // OpenBSD and macOS have none of the three.
  sched_setscheduler: functionIfAny('int sched_setscheduler(int pid, int policy, const void *parameters)'),
  sched_getscheduler: functionIfAny('int sched_getscheduler(int pid)'),
  sched_getparam: functionIfAny('int sched_getparam(int pid, _Out_ void *parameters)'),
  unshare: functionIfAny('int unshare(int flags)'),
};

export const { SCHED_RR } = platform;

/** POSIX.1-2024 XSH sched_setscheduler() on the caller: EPERM without the privilege; ENOSYS where there is none. */
export function setScheduler(policy: number, priority: number): CallResult {
  const parameters = Buffer.alloc(4);
  parameters.writeInt32LE(priority, 0);
  return c.sched_setscheduler === null
    ? { value: -1, errno: 'ENOSYS' }
    : returned(c.sched_setscheduler(0, policy, parameters));
}

/** Policy and priority of the caller; -1 and 0 where the system does not tell. */
export function scheduler(): { readonly policy: number; readonly priority: number } {
  const parameters = Buffer.alloc(4);
  c.sched_getparam?.(0, parameters);
  return { policy: c.sched_getscheduler?.(0) ?? -1, priority: parameters.readInt32LE(0) };
}

const CLONE_FS = 0x200;

/** unshare(2), Linux: from here on directory, root and file mode creation mask are the calling thread's alone. */
export const unshareFileSystem = (): CallResult =>
  c.unshare === null ? { value: -1, errno: 'ENOSYS' } : returned(c.unshare(CLONE_FS));
