/** A process that was stopped must still see that those it works for are gone. */

import { PR_SET_PDEATHSIG, prctl } from '../libc/linux/sys-prctl.ts';
import { signalNumber } from '../libc/platform.ts';

/**
 * From now on the end of the parent continues the caller, PR_SET_PDEATHSIG in prctl(2); no effect where there is no
 * such thing. SIGCONT continues a process that blocks it too.
 */
export function wakeWithoutParent(): void {
  prctl(PR_SET_PDEATHSIG, signalNumber('SIGCONT') ?? 18);
}
