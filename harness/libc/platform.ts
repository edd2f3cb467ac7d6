/** Numbers that differ between systems. Source: the headers named in each table; a value no header has is absent. */

import { constants } from 'node:os';
import { darwin } from './darwin.ts';
import { freebsd } from './freebsd.ts';
import { netbsd } from './netbsd.ts';
import { openbsd } from './openbsd.ts';

export interface PlatformConstants {
  /** <fcntl.h> */
  readonly O_CLOEXEC: number;
  readonly O_CREAT: number;
  readonly O_NOCTTY: number;
  readonly O_NONBLOCK: number;
  readonly F_DUPFD_CLOEXEC: number;
  readonly F_GETLK: number;
  readonly F_SETLK: number;
  /** Locks of an open file description; null where there are none. */
  readonly F_OFD_GETLK: number | null;
  readonly F_OFD_SETLK: number | null;
  readonly F_RDLCK: number;
  readonly F_WRLCK: number;
  readonly F_UNLCK: number;
  /** struct flock: its size and the offsets of its members. */
  readonly flock: {
    readonly bytes: number;
    readonly type: number;
    readonly start: number;
    readonly length: number;
    readonly pid: number;
  };
  /** <termios.h>, bit of c_lflag. */
  readonly TOSTOP: number;
  /** <sys/ttycom.h>, <asm-generic/ioctls.h> */
  readonly TIOCSCTTY: number;
  readonly TIOCNOTTY: number;
  readonly TIOCSWINSZ: number;
  /** <sys/resource.h> */
  readonly RLIMIT_NOFILE: number;
  readonly RLIMIT_CORE: number;
  /** <signal.h>: arguments of sigprocmask(2). */
  readonly SIG_BLOCK: number;
  readonly SIG_UNBLOCK: number;
  readonly SIG_SETMASK: number;
  /** Size of sigset_t in bytes. */
  readonly sigsetBytes: number;
  /** Number of the highest signal. */
  readonly lastSignal: number;
  /** Number of SIGRTMIN; null where there are no real-time signals. */
  readonly firstRealTimeSignal: number | null;
  /** Signals the C library keeps for itself and whose disposition cannot be set. */
  readonly reservedSignals: readonly number[];
}

const linux: PlatformConstants = {
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

/** The systems whose numbers are known. Adding one is adding its table. */
export const platforms: Readonly<Partial<Record<NodeJS.Platform, PlatformConstants>>> = {
  linux,
  freebsd,
  openbsd,
  netbsd,
  darwin,
};

function here(): PlatformConstants {
  const found = platforms[process.platform];
  if (found === undefined) {
    throw new Error(
      `no table of libc constants for ${process.platform}: add one to harness/libc/platform.ts`,
    );
  }
  return found;
}

export const platform = here();

/** Number of a signal by name, `SIGRTMIN+n` included; undefined for an unknown name. */
export function signalNumber(name: string): number | undefined {
  const realTime = /^SIGRTMIN\+(\d+)$/.exec(name);
  if (realTime !== null) {
    const { firstRealTimeSignal } = platform;
    return firstRealTimeSignal === null ? undefined : firstRealTimeSignal + Number(realTime[1]);
  }
  return constants.signals[name as NodeJS.Signals];
}

/** Name of a signal number; `SIG<number>` where it has no name. */
export function signalName(number: number): string {
  for (const [name, value] of Object.entries(constants.signals)) if (value === number) return name;
  const { firstRealTimeSignal: first, lastSignal } = platform;
  if (first === null || number < first || number > lastSignal) return `SIG${number}`;
  return `SIGRTMIN+${number - first}`;
}
