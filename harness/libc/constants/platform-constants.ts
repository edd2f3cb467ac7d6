/** Numbers that differ between systems: every table has every one, or does not compile. */

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
