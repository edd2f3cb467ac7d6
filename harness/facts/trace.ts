/** The system calls by which a program became a daemon, as a tracer saw them in a launch of its own. */

/** The steps daemon(7) and its kin are made of, by the name of the call a person would write; `killed` is no call. */
export const stepCalls = [
  'fork',
  'execve',
  'setsid',
  'setpgid',
  'chdir',
  'chroot',
  'umask',
  'open',
  'dup2',
  'close',
  'close_range',
  'sigaction',
  'sigprocmask',
  'ioctl',
  'setuid',
  'setgroups',
  'setpriority',
  'exit',
  'killed',
] as const;
export type StepCall = (typeof stepCalls)[number];

export interface Step {
  /** Milliseconds since the traced program was executed; tracing makes every call slower. */
  readonly atMs: number;
  readonly pid: number;
  readonly call: StepCall;
  /** As the tracer writes them, shortened to those that matter: hostile text, a path in quotes. */
  readonly arguments: readonly string[];
  /** What it returned, as the tracer writes it; null where it failed, did not return, or had not yet. */
  readonly result: string | null;
  /** Name of the error, `EPERM`. */
  readonly errno: string | null;
}

export interface TracedProcess {
  readonly pid: number;
  readonly parent: number | null;
  /** `intermediate`: it forked the daemon, or an ancestor of it, and is not the starter. */
  readonly role: 'starter' | 'intermediate' | 'daemon' | 'survivor';
  /** `exit status 0`, `ended by SIGTERM`; null if it was still there. */
  readonly ending: string | null;
}

/** The steps of those processes that led to the daemon or were still there at the end, in the order they began. */
export interface StepTrace {
  readonly kind: 'traced';
  /** `strace 6.1`. */
  readonly by: string;
  readonly processes: readonly TracedProcess[];
  readonly steps: readonly Step[];
  /** Steps there was no room for. */
  readonly left: number;
}

/** It was asked for, and could not be had. */
export interface MissingTrace {
  readonly kind: 'untraced';
  readonly because: string;
  readonly wouldHelp: string;
}

export type Trace = StepTrace | MissingTrace;
