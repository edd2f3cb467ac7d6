/** Waiting for own children, adopted ones included. */

import { WNOHANG, waitpid } from '../libc/sys-wait.ts';
import type { OnEnd } from './reaper.ts';

/** Reaps every child that has ended. False once there is no child any more. */
export function reapChildren(onEnd: OnEnd): boolean {
  for (;;) {
    const found = waitpid(-1, WNOHANG);
    if (found.value <= 0) return found.errno !== 'ECHILD';
    onEnd(found.value, found.status);
  }
}
