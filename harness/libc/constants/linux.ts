/** Numbers of Linux on 64-bit machines. Source: <asm-generic> headers of Linux and those of glibc and musl. */

import type { PlatformConstants } from './platform-constants.ts';

export const linux: PlatformConstants = {
  O_CLOEXEC: 0o2000000,
  O_CREAT: 0o100,
  O_NOCTTY: 0o400,
  O_NONBLOCK: 0o4000,
  F_DUPFD_CLOEXEC: 1030,
  F_GETLK: 5,
  F_SETLK: 6,
  F_OFD_GETLK: 36,
  F_OFD_SETLK: 37,
  F_RDLCK: 0,
  F_WRLCK: 1,
  F_UNLCK: 2,
  flock: { bytes: 32, type: 0, start: 8, length: 16, pid: 24 },
  TOSTOP: 0o400,
  TIOCSCTTY: 0x540e,
  TIOCNOTTY: 0x5422,
  TIOCSWINSZ: 0x5414,
  RLIMIT_NOFILE: 7,
  RLIMIT_CORE: 4,
  SIG_BLOCK: 0,
  SIG_UNBLOCK: 1,
  SIG_SETMASK: 2,
  sigsetBytes: 128,
  lastSignal: 64,
  firstRealTimeSignal: 34,
  // SIGKILL and SIGSTOP cannot be changed; 32 and 33 belong to the C library's threads, signal(7).
  reservedSignals: [9, 19, 32, 33],
};
