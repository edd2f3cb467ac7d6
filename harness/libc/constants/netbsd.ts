/** Numbers of NetBSD on 64-bit machines. Source: the headers of NetBSD 10.1. */

import { signalNumbers } from './bsd-signals.ts';
import type { PlatformConstants } from './platform-constants.ts';

export const netbsd: PlatformConstants = {
  O_CLOEXEC: 0x400000,
  O_CREAT: 0x200,
  O_NOCTTY: 0x8000,
  O_NONBLOCK: 0x4,
  F_DUPFD_CLOEXEC: 12,
  F_GETLK: 7,
  F_SETLK: 8,
  F_OFD_GETLK: null,
  F_OFD_SETLK: null,
  F_RDLCK: 1,
  F_WRLCK: 3,
  F_UNLCK: 2,
  flock: { bytes: 24, start: 0, length: 8, pid: 16, type: 20 },
  TOSTOP: 0x400000,
  TIOCSCTTY: 0x20007461,
  TIOCNOTTY: 0x20007471,
  TIOCSWINSZ: 0x80087467,
  RLIMIT_NOFILE: 8,
  RLIMIT_CORE: 4,
  SIG_BLOCK: 1,
  SIG_UNBLOCK: 2,
  SIG_SETMASK: 3,
  sigsetBytes: 16,
  lastSignal: 63,
  firstRealTimeSignal: 33,
  reservedSignals: [9, 17],
};

export const netbsdSignals = signalNumbers({
  count: 128,
  named: { 32: 'SIGPWR' },
  realTime: { first: 33, last: 63 },
  ignoredByDefault: ['SIGURG', 'SIGCHLD', 'SIGIO', 'SIGWINCH', 'SIGINFO', 'SIGPWR'],
});

/** <sys/sysctl.h> */
export const netbsdSysctl = {
  CTL_KERN: 1,
  CTL_PROC: 10,
  KERN_PROC2: 47,
  KERN_PROC_ARGS: 48,
  KERN_LWP: 64,
  KERN_FILE2: 77,
  KERN_PROC_ALL: 0,
  KERN_PROC_PID: 1,
  KERN_PROC_ARGV: 1,
  KERN_PROC_ENV: 3,
  KERN_PROC_PATHNAME: 5,
  KERN_PROC_CWD: 6,
  KERN_FILE_BYPID: 2,
  PROC_PID_LIMIT: 2,
  PROC_PID_LIMIT_TYPE_SOFT: 1,
  PROC_PID_LIMIT_TYPE_HARD: 2,
} as const;

/** <sys/resource.h>, by the names of getrlimit(2) in lower case; the number is the index. */
export const netbsdLimits = 'cpu fsize data stack core rss memlock nproc nofile sbsize as nthr'.split(' ');
