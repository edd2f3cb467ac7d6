/** FreeBSD: a reaper by procctl(2), which also lists what is below, and a kqueue(2) that tells of SIGCHLD. */

import { bindKqueue, EV_ADD, EV_CLEAR } from '../libc/bsd/kevent.ts';
import { bindReaper } from '../libc/bsd/reaper-procctl.ts';
import type { Functions } from '../libc/bsd/sys-sysctl.ts';
import { freebsdSignals } from '../libc/constants/freebsd.ts';
import { SystemCallError } from '../libc/library.ts';
import type { Reaper } from './reaper.ts';
import { reapChildren } from './wait-for-children.ts';

const SIGCHLD = freebsdSignals.names.indexOf('SIGCHLD') + 1;

export function freebsdReaper(functions: Functions, sigchld = SIGCHLD): Reaper {
  const calls = bindReaper(functions);
  const kqueue = bindKqueue(functions, 'freebsd');
  let queue = -1;
  return {
    adopts: true,
    acquire() {
      queue = -1;
      const errno = calls.acquire();
      if (errno !== null) throw new SystemCallError('procctl(PROC_REAP_ACQUIRE)', errno);
    },
    open() {
      if (queue >= 0) return queue;
      const opened = kqueue.open();
      if (opened.errno !== null) throw new SystemCallError('kqueue', opened.errno);
      queue = opened.value;
      // It tells of a signal that is blocked, too, and takes nothing from it: kqueue(2), EVFILT_SIGNAL.
      const watched = {
        ident: sigchld,
        filter: kqueue.system.EVFILT_SIGNAL,
        flags: EV_ADD | EV_CLEAR,
        fflags: 0,
      };
      const errno = kqueue.add(queue, [watched]);
      if (errno !== null) throw new SystemCallError('kevent(EVFILT_SIGNAL)', errno);
      return queue;
    },
    track: () => {},
    lost: () => [],
    reap(onEnd) {
      if (queue >= 0) kqueue.take(queue);
      return reapChildren(onEnd);
    },
    // As on Linux the children alone: whoever loses his parent becomes one, and is ended in the next round.
    below: () => calls.below().flatMap(({ pid, isChild }) => (isChild ? [{ pid, root: pid }] : [])),
  };
}
