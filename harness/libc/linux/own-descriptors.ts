/** /proc/self/fd, proc_pid_fd(5). */

import { readdirSync } from 'node:fs';

/** Numbers of the caller's open descriptors, that of the reading itself among them; null where they are not listed. */
export function ownDescriptors(): readonly number[] | null {
  try {
    return readdirSync('/proc/self/fd').map(Number);
  } catch {
    return null;
  }
}
