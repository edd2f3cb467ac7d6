/** Waiting for own children, adopted ones included. */

import { WNOHANG, waitpid } from '../libc/sys-wait.ts';
import type { OnEnd } from './reaper.ts';

/**
 * Reaps every child that has ended, and takes the word of each that is followed and has stopped. False once there is no
 * child any more.
 *
 * @param options of waitpid(2) beside WNOHANG
 */
export function reapChildren(onEnd: OnEnd, options = 0): boolean {
  for (;;) {
    const found = waitpid(-1, WNOHANG | options);
    if (found.value <= 0) return found.errno !== 'ECHILD';
    onEnd(found.value, found.status, found.value);
  }
}
