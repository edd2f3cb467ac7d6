/** revoke(2) of <unistd.h>, the BSDs and macOS: takes a terminal away from everybody who has it open. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = { revoke: functionIfAny('int revoke(const char *path)') };

/** revoke(2): EPERM; ENOSYS where there is none. */
export const revoke = (path: string): CallResult =>
  c.revoke === null ? { value: -1, errno: 'ENOSYS' } : returned(c.revoke(path));
