/** Numbers of FreeBSD on 64-bit machines. Source: the headers of FreeBSD 14.2. */

import { signalNumbers } from './bsd-signals.ts';
import type { PlatformConstants } from './platform-constants.ts';

export const freebsd: PlatformConstants = {
  O_CLOEXEC: 0x100000,
  O_CREAT: 0x200,
  O_EXCL: 0x800,
  O_NOCTTY: 0x8000,
  O_NONBLOCK: 0x4,
  F_DUPFD_CLOEXEC: 17,
  F_GETLK: 11,
  F_SETLK: 12,
  F_OFD_GETLK: null,
  F_OFD_SETLK: null,
  F_RDLCK: 1,
  F_WRLCK: 3,
  F_UNLCK: 2,
  flock: { bytes: 32, start: 0, length: 8, pid: 16, type: 20 },
  TOSTOP: 0x400000,
  termios: { bytes: 44, localModes: 12 },
  TIOCSCTTY: 0x20007461,
  TIOCNOTTY: 0x20007471,
  TIOCSWINSZ: 0x80087467,
  RLIMIT_NOFILE: 8,
  RLIMIT_CORE: 4,
  RLIMIT_NPROC: 7,
  SIG_BLOCK: 1,
  SIG_UNBLOCK: 2,
  SIG_SETMASK: 3,
  SA_NOCLDSTOP: 0x8,
  SA_NOCLDWAIT: 0x20,
  SA_RESTART: 0x2,
  SA_NODEFER: 0x10,
  SA_RESETHAND: 0x4,
  sigaction: { bytes: 32, flags: 8, mask: 12 },
  siginfo: { code: 8, pid: 12, status: 20 },
  WEXITED: 16,
  WSTOPPED: 2,
  WCONTINUED: 4,
  WNOWAIT: 8,
  P_ALL: 7,
  P_PID: 0,
  P_PGID: 2,
  P_PIDFD: null,
  continuedStatus: 0x13,
  MAP_ANONYMOUS: 0x1000,
  addressesBeginWithLength: true,
  CLOCK_MONOTONIC: 4,
  CLOCK_PROCESS_CPUTIME_ID: 15,
  clockBytes: 4,
  SCHED_RR: 3,
  GETVAL: 5,
  messageQueue: 'intptr_t',
  aiocb: { bytes: 160, fd: 0, buffer: 16, count: 24 },
  POSIX_SPAWN_SETSIGMASK: 0x20,
  POSIX_SPAWN_SETSID: null,
  _SC_OPEN_MAX: 5,
  sigsetBytes: 16,
  lastSignal: 126,
  firstRealTimeSignal: 65,
  // SIGKILL and SIGSTOP cannot be changed; SIGTHR and SIGLIBRT belong to the C library's threads.
  reservedSignals: [9, 17, 32, 33],
};

export const freebsdSignals = signalNumbers({
  count: 128,
  named: { 32: 'SIGTHR', 33: 'SIGLIBRT' },
  realTime: { first: 65, last: 126 },
  ignoredByDefault: ['SIGURG', 'SIGCHLD', 'SIGIO', 'SIGWINCH', 'SIGINFO'],
});

/** <sys/sysctl.h> */
export const freebsdSysctl = {
  CTL_KERN: 1,
  KERN_PROC: 14,
  KERN_BOOTTIME: 21,
  KERN_PROC_PID: 1,
  KERN_PROC_ARGS: 7,
  KERN_PROC_PROC: 8,
  KERN_PROC_PATHNAME: 12,
  KERN_PROC_INC_THREAD: 16,
  KERN_PROC_FILEDESC: 33,
  KERN_PROC_GROUPS: 34,
  KERN_PROC_ENV: 35,
  KERN_PROC_RLIMIT: 37,
  KERN_PROC_UMASK: 39,
  KERN_PROC_CWD: 42,
} as const;

/** <sys/resource.h>, by the names of getrlimit(2) in lower case; the number is the index. */
export const freebsdLimits =
  'cpu fsize data stack core rss memlock nproc nofile sbsize as npts swap kqueues umtxp'.split(' ');
