/** Entering the world of a launch that is already there: programs meet that are to meet. */

import { fork } from '../libc/fork.ts';
import { must } from '../libc/library.ts';
import {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  setns,
} from '../libc/linux/namespaces.ts';
import { pidfdOpen } from '../libc/linux/sys-pidfd.ts';
import { waitpid } from '../libc/sys-wait.ts';
import { _exit, close } from '../libc/unistd.ts';
import { keepOutsideProc } from './process-ids.ts';
import type { Identity } from './users.ts';

/**
 * Returns in a child that is in the world of which the given process is the first; the caller waits for its end and
 * goes with it, since a process ID namespace is entered by children only.
 *
 * @param holdsOpen descriptors whose closing tells of the end of the one that returns
 * @throws SystemCallError
 */
export function joinWorld(first: number, { userId }: Identity, holdsOpen: readonly number[]): void {
  keepOutsideProc();
  const fd = must('pidfd_open', pidfdOpen(first, 0));
  const shared = CLONE_NEWNS + CLONE_NEWNET + CLONE_NEWIPC + CLONE_NEWPID;
  must('setns', setns(fd, userId === 0 ? shared : shared + CLONE_NEWUSER));
  close(fd);
  const pid = must('fork', fork());
  if (pid === 0) return;
  for (const one of holdsOpen) close(one);
  waitpid(pid, 0);
  _exit(0);
}
