/**
 * OpenBSD and NetBSD: orphans go to process 1, and nothing changes that. What is forked is followed by kevent(2) with
 * NOTE_TRACK instead, which tells of every descendant and of its end, also under another parent.
 */

import {
  bindKqueue,
  EV_ADD,
  EV_CLEAR,
  NOTE_EXEC,
  NOTE_EXIT,
  NOTE_FORK,
  NOTE_TRACK,
} from '../libc/bsd/kevent.ts';
import type { Functions } from '../libc/bsd/sys-sysctl.ts';
import { SystemCallError } from '../libc/library.ts';
import { ProcessTree } from './process-tree.ts';
import type { HeldProcess, OnEnd, Reaper } from './reaper.ts';
import { reapChildren } from './wait-for-children.ts';

export function trackingReaper(functions: Functions, system: 'openbsd' | 'netbsd'): Reaper {
  const kqueue = bindKqueue(functions, system);
  let queue = -1;
  let tree = new ProcessTree();
  /** Told to nobody yet. */
  let ended: { readonly pid: number; readonly waitStatus: number }[] = [];
  let forked = false;
  let lost: number[] = [];

  const open = (): number => {
    if (queue >= 0) return queue;
    const opened = kqueue.open();
    if (opened.errno !== null) throw new SystemCallError('kqueue', opened.errno);
    queue = opened.value;
    return queue;
  };
  const pull = (): void => {
    if (queue < 0) return;
    const told = tree.take(kqueue.take(queue));
    ended.push(...told.ended);
    forked ||= told.forked.length > 0;
    lost.push(...told.lost);
  };

  return {
    adopts: false,
    acquire() {
      // A queue is not inherited by fork(2), and what the parent follows is not below this process.
      queue = -1;
      tree = new ProcessTree();
      ended = [];
      forked = false;
      lost = [];
    },
    open,
    track(pid) {
      const watched = {
        ident: pid,
        filter: kqueue.system.EVFILT_PROC,
        flags: EV_ADD | EV_CLEAR,
        fflags: NOTE_EXIT | NOTE_FORK | NOTE_EXEC | NOTE_TRACK,
      };
      const errno = kqueue.add(open(), [watched]);
      if (errno === null) tree.add(pid);
      // It has been killed already: waitpid(2) tells of it.
      else if (errno !== 'ESRCH') throw new SystemCallError(`kevent(EVFILT_PROC, ${pid})`, errno);
    },
    reap(onEnd: OnEnd, onForked) {
      pull();
      if (forked) onForked(tree.held().map(({ pid }) => pid));
      forked = false;
      const told = new Set(ended.map(({ pid }) => pid));
      // An own child is waited for as well, or it stays a zombie; it is told of once.
      const left = reapChildren((pid, waitStatus) => {
        tree.drop(pid);
        if (!told.has(pid)) onEnd(pid, waitStatus, pid);
      });
      for (const { pid, waitStatus } of ended.splice(0)) onEnd(pid, waitStatus, pid);
      return left || tree.size > 0;
    },
    lost: () => lost,
    below(): readonly HeldProcess[] {
      // An end is in the queue before the process ID is free: nobody else can have one that is still here.
      pull();
      return tree.held();
    },
  };
}
