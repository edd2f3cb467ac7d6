/** Linux: a subreaper, a signalfd(2), and the list of children in /proc. */

import { isInside, pidOfEnded } from '../isolation/process-ids.ts';
import { must } from '../libc/library.ts';
import { childrenInProc } from '../libc/linux/proc-children.ts';
import { __WALL } from '../libc/linux/ptrace.ts';
import { PR_SET_CHILD_SUBREAPER, prctl } from '../libc/linux/sys-prctl.ts';
import { signalfd } from '../libc/linux/sys-signalfd.ts';
import { platform, signalNumber } from '../libc/platform.ts';
import { signalSet } from '../libc/signal.ts';
import { P_ALL, WEXITED, WNOHANG, WNOWAIT, waitid, waitpid } from '../libc/sys-wait.ts';
import { read } from '../libc/unistd.ts';
import type { OnEnd, Reaper } from './reaper.ts';
import { reapChildren } from './wait-for-children.ts';

const SIGCHLD = signalNumber('SIGCHLD') ?? 17;
const drain = Buffer.alloc(1024);
let children = -1;

/** Whoever has been waited for has no ID any more by which it could be told outside: that is asked for before. */
function reapNamed(onEnd: OnEnd): boolean {
  for (;;) {
    const found = waitid(P_ALL, 0, WEXITED | WNOHANG | WNOWAIT | __WALL);
    if (found.errno !== null || found.pid === 0) return found.errno !== 'ECHILD';
    // One that has only stopped is told of by those who follow it.
    const seen = found.code === 'CLD_TRAPPED' || found.code === 'CLD_STOPPED' ? 0 : pidOfEnded(found.pid);
    onEnd(seen, waitpid(found.pid, __WALL).status, found.pid);
  }
}

export const linuxReaper: Reaper = {
  adopts: true,
  acquire() {
    children = -1;
    must('prctl(PR_SET_CHILD_SUBREAPER)', prctl(PR_SET_CHILD_SUBREAPER, 1));
  },
  open() {
    if (children < 0) {
      const flags = platform.O_CLOEXEC | platform.O_NONBLOCK;
      children = must('signalfd', signalfd(signalSet([SIGCHLD]), flags));
    }
    return children;
  },
  track: () => {},
  lost: () => [],
  reap(onEnd) {
    if (children >= 0) read(children, drain);
    return isInside() ? reapNamed(onEnd) : reapChildren(onEnd, __WALL);
  },
  below: () => childrenInProc().map((pid) => ({ pid, root: pid })),
};
