/**
 * Ending what a promise left running. The worker is a subreaper, so everything left becomes its direct child; only
 * direct children are signalled, whose process IDs nobody else can have before they are waited for.
 */

import { ownChildren } from '../../../harness/libc/own-orphans.ts';
import { signalNumber } from '../../../harness/libc/platform.ts';
import { kill } from '../../../harness/libc/signal.ts';
import { WNOHANG, waitpid } from '../../../harness/libc/sys-wait.ts';

export const SIGKILL = signalNumber('SIGKILL') ?? 9;

/** Until the caller has no child any more. */
export function endLeftovers(): void {
  for (;;) {
    const found = waitpid(-1, WNOHANG);
    if (found.errno === 'ECHILD') return;
    if (found.value > 0) continue;
    const children = ownChildren();
    // Then orphans do not come here either: what a promise leaves running there nobody can tell from others.
    if (children === null) return;
    for (const pid of children) kill(pid, SIGKILL);
    waitpid(-1, 0);
  }
}
