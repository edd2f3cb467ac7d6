/** Numbers of macOS. Source: the headers of its SDK. Nothing here has run on macOS. */

import { signalNumbers } from './bsd-signals.ts';
import type { PlatformConstants } from './platform-constants.ts';

export const darwin: PlatformConstants = {
  O_CLOEXEC: 0x1000000,
  O_CREAT: 0x200,
  O_NOCTTY: 0x20000,
  O_NONBLOCK: 0x4,
  F_DUPFD_CLOEXEC: 67,
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
  lastSignal: 31,
  firstRealTimeSignal: null,
  reservedSignals: [9, 17],
};

export const darwinSignals = signalNumbers({ count: 31, ignoredByDefault: [] });
