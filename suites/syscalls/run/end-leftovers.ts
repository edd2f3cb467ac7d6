/**
 * Ending what a promise left running. The worker is a subreaper, so everything left becomes its direct child; only
 * direct children are signalled, whose process IDs nobody else can have before they are waited for.
 */

import { readFileSync } from 'node:fs';
import { signalNumber } from '../../../harness/libc/platform.ts';
import { kill } from '../../../harness/libc/signal.ts';
import { WNOHANG, waitpid } from '../../../harness/libc/sys-wait.ts';
import { getpid } from '../../../harness/libc/unistd.ts';

const SIGKILL = signalNumber('SIGKILL') ?? 9;

/** /proc/PID/task/TID/children, proc_tid_children(5). */
function children(): readonly number[] {
  const self = getpid();
  const text = readFileSync(`/proc/${self}/task/${self}/children`, 'latin1');
  return text.split(' ').filter(Boolean).map(Number);
}

/** Until the caller has no child any more. */
export function endLeftovers(): void {
  for (;;) {
    const found = waitpid(-1, WNOHANG);
    if (found.errno === 'ECHILD') return;
    if (found.value > 0) continue;
    for (const pid of children()) kill(pid, SIGKILL);
    waitpid(-1, 0);
  }
}
