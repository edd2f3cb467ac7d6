/**
 * Where launcher and stage were killed together, nobody between the program and this process is left: what they had
 * below them is handed to it, a subreaper, and ended.
 */

import { childrenInProc } from '../libc/linux/proc-children.ts';
import { poll, pollSet } from '../libc/poll.ts';
import { kill } from '../libc/signal.ts';
import { WNOHANG, waitpid } from '../libc/sys-wait.ts';
import { nowMs } from '../libc/time.ts';
import { getsid } from '../libc/unistd.ts';
import { endingDeadlineMs, SIGKILL } from './end-tree.ts';

/**
 * Children that came from below the launcher. That began with a session of its own, and no process comes back into the
 * session of this one; what this process itself starts stays in it. Zombies included.
 */
function adopted(): readonly number[] {
  const own = getsid(0).value;
  return childrenInProc().filter((pid) => getsid(pid).value !== own);
}

/** A child's death hands over its own children: one is looked for until none is left. */
export function endAdopted(): void {
  const deadline = nowMs() + endingDeadlineMs;
  const nothing = pollSet([]);
  for (let left = adopted(); left.length > 0 && nowMs() < deadline; left = adopted()) {
    for (const pid of left) kill(pid, SIGKILL);
    for (const pid of left) waitpid(pid, WNOHANG);
    poll(nothing, 1);
  }
}
