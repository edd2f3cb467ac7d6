/** <sys/procctl.h>: FreeBSD and DragonFly. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = { procctl: functionIfAny('int procctl(int idtype, int64_t id, int command, void *data)') };

const P_PID = 0;
export const PROC_REAP_ACQUIRE = 2;
export const PROC_REAP_RELEASE = 3;

/** procctl(2) on the caller, without data: EBUSY, EINVAL; ENOSYS where there is none. */
export const procctl = (command: number): CallResult =>
  c.procctl === null ? { value: -1, errno: 'ENOSYS' } : returned(c.procctl(P_PID, 0, command, null));
