/** <sched.h>, Linux: namespaces(7). */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = {
  unshare: functionIfAny('int unshare(int flags)'),
  setns: functionIfAny('int setns(int fd, int types)'),
};
const absent: CallResult = { value: -1, errno: 'ENOSYS' };

/** <linux/sched.h> */
export const CLONE_NEWNS = 0x00020000;
export const CLONE_NEWIPC = 0x08000000;
export const CLONE_NEWUSER = 0x10000000;
export const CLONE_NEWPID = 0x20000000;
export const CLONE_NEWNET = 0x40000000;

/** unshare(2): EPERM without the privilege. */
export const unshare = (flags: number): CallResult =>
  c.unshare === null ? absent : returned(c.unshare(flags));

/** setns(2) of a pidfd, Linux 5.8: into several namespaces of that process at once. EPERM without the privilege. */
export const setns = (fd: number, types: number): CallResult =>
  c.setns === null ? absent : returned(c.setns(fd, types));
