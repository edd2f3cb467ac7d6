/** Numbers of OpenBSD on 64-bit machines. Source: the headers of OpenBSD 7.3. */

import { signalNumbers } from './bsd-signals.ts';
import type { PlatformConstants } from './platform-constants.ts';

export const openbsd: PlatformConstants = {
  O_CLOEXEC: 0x10000,
  O_CREAT: 0x200,
  O_NOCTTY: 0x8000,
  O_NONBLOCK: 0x4,
  F_DUPFD_CLOEXEC: 10,
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
  sigsetBytes: 4,
  lastSignal: 32,
  firstRealTimeSignal: null,
  // SIGKILL and SIGSTOP cannot be changed; SIGTHR belongs to the C library's threads.
  reservedSignals: [9, 17, 32],
};

export const openbsdSignals = signalNumbers({
  count: 32,
  named: { 32: 'SIGTHR' },
  ignoredByDefault: ['SIGURG', 'SIGCHLD', 'SIGIO', 'SIGWINCH', 'SIGINFO', 'SIGTHR'],
});

/** <sys/sysctl.h> */
export const openbsdSysctl = {
  CTL_KERN: 1,
  KERN_BOOTTIME: 21,
  KERN_PROC_ARGS: 55,
  KERN_PROC: 66,
  KERN_FILE: 73,
  KERN_PROC_CWD: 78,
  KERN_PROC_ALL: 0,
  KERN_PROC_PID: 1,
  KERN_PROC_SHOW_THREADS: 0x40000000,
  KERN_PROC_ARGV: 1,
  KERN_PROC_ENV: 3,
  KERN_FILE_BYPID: 2,
} as const;
