/** <sys/pidfd.h>, Linux 5.3. The numbers are the same on every architecture, <asm/unistd.h>. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

/** The numbers mean something else on any other system. */
const syscall = process.platform === 'linux' ? functionIfAny('long syscall(long number, ...)') : null;
const SYS_pidfd_send_signal = 424;
const SYS_pidfd_open = 434;
const SYS_pidfd_getfd = 438;

/** pidfd_open(2): EINVAL, ESRCH, ENOSYS. The descriptor is readable once the process has ended. */
export const pidfdOpen = (pid: number, flags: number): CallResult =>
  syscall === null
    ? { value: -1, errno: 'ENOSYS' }
    : returned(Number(syscall(SYS_pidfd_open, 'int', pid, 'unsigned int', flags)));

/** pidfd_send_signal(2): ESRCH once the process is no more. */
export const pidfdSendSignal = (pidfd: number, signo: number): CallResult =>
  syscall === null
    ? { value: -1, errno: 'ENOSYS' }
    : returned(
        Number(syscall(SYS_pidfd_send_signal, 'int', pidfd, 'int', signo, 'void *', null, 'unsigned int', 0)),
      );

/** pidfd_getfd(2), Linux 5.6: a descriptor of another process as one of our own; EBADF, EPERM, ESRCH. */
export const pidfdGetfd = (pidfd: number, fd: number): CallResult =>
  syscall === null
    ? { value: -1, errno: 'ENOSYS' }
    : returned(Number(syscall(SYS_pidfd_getfd, 'int', pidfd, 'int', fd, 'unsigned int', 0)));
