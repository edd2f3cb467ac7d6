/** Whether a process exists although /proc may not show it. */

import { errnoOf } from './reading.ts';

/**
 * kill(2) with signal 0 sends nothing; EPERM also says that the process exists. A process that /proc hides
 * (hidepid, proc(5)) is told from one that has ended by nothing else.
 */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}
