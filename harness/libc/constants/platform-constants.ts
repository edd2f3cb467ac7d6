/** Numbers that differ between systems: every table has every one, or does not compile. */

export interface PlatformConstants {
  /** <fcntl.h> */
  readonly O_CLOEXEC: number;
  readonly O_CREAT: number;
  readonly O_EXCL: number;
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
  /** struct termios: its size and the offset of c_lflag. */
  readonly termios: { readonly bytes: number; readonly localModes: number };
  /** <sys/ttycom.h>, <asm-generic/ioctls.h> */
  readonly TIOCSCTTY: number;
  readonly TIOCNOTTY: number;
  readonly TIOCSWINSZ: number;
  /** <sys/resource.h> */
  readonly RLIMIT_NOFILE: number;
  readonly RLIMIT_CORE: number;
  readonly RLIMIT_NPROC: number;
  /** <signal.h>: arguments of sigprocmask(2). */
  readonly SIG_BLOCK: number;
  readonly SIG_UNBLOCK: number;
  readonly SIG_SETMASK: number;
  /** <signal.h>: flags of sigaction(2). */
  readonly SA_NOCLDSTOP: number;
  readonly SA_NOCLDWAIT: number;
  readonly SA_RESTART: number;
  readonly SA_NODEFER: number;
  readonly SA_RESETHAND: number;
  /** struct sigaction: its size and the offsets of its members; the handler comes first everywhere. */
  readonly sigaction: { readonly bytes: number; readonly flags: number; readonly mask: number };
  /** siginfo_t of a SIGCHLD: the offsets of si_code, si_pid and si_status; 128 bytes hold every one. */
  readonly siginfo: { readonly code: number; readonly pid: number; readonly status: number };
  /** <sys/wait.h>: options and kinds of waitid(2); P_PIDFD is null where there are no such descriptors. */
  readonly WEXITED: number;
  readonly WSTOPPED: number;
  readonly WCONTINUED: number;
  readonly WNOWAIT: number;
  readonly P_ALL: number;
  readonly P_PID: number;
  readonly P_PGID: number;
  readonly P_PIDFD: number | null;
  /** The wait status of a child that was continued, WIFCONTINUED. */
  readonly continuedStatus: number;
  /** <sys/mman.h> */
  readonly MAP_ANONYMOUS: number;
  /** <sys/socket.h>: an address begins with its length, in one byte, and its family in another; else the family has two. */
  readonly addressesBeginWithLength: boolean;
  /** <time.h> */
  readonly CLOCK_MONOTONIC: number;
  readonly CLOCK_PROCESS_CPUTIME_ID: number;
  /** Size of clock_t in bytes. */
  readonly clockBytes: 4 | 8;
  /** <sched.h> */
  readonly SCHED_RR: number;
  /** <sys/sem.h> */
  readonly GETVAL: number;
  /** <mqueue.h>: what mqd_t is. */
  readonly messageQueue: 'int' | 'intptr_t';
  /** struct aiocb: its size and the offsets of its members; null where there is none. */
  readonly aiocb: {
    readonly bytes: number;
    readonly fd: number;
    readonly buffer: number;
    readonly count: number;
  } | null;
  /** <spawn.h>; null where there is none. */
  readonly POSIX_SPAWN_SETSIGMASK: number;
  readonly POSIX_SPAWN_SETSID: number | null;
  /** <unistd.h> */
  readonly _SC_OPEN_MAX: number;
  /** Size of sigset_t in bytes. */
  readonly sigsetBytes: number;
  /** Number of the highest signal. */
  readonly lastSignal: number;
  /** Number of SIGRTMIN; null where there are no real-time signals. */
  readonly firstRealTimeSignal: number | null;
  /** Signals the C library keeps for itself and whose disposition cannot be set. */
  readonly reservedSignals: readonly number[];
}
