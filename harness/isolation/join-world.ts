/** Joining the world of another launch, so that programs meet that are to meet. */

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
 * Forks a child into the world whose process 1 is `first`, and returns in the child. The caller itself waits for the
 * end of the child and exits: only children enter a process ID namespace.
 *
 * @param holdsOpen descriptors that the caller closes, so that others see the child close them when it ends
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
