/**
 * What probes find: facts of behaviour, named as in the report. A probe has launches of its own, does something to
 * them and says what came of it; whether that is good, a requirement says.
 */

/** One process, and the descriptors by which it holds something. */
export interface Holder {
  readonly pid: number;
  readonly name: string;
  readonly descriptors: readonly number[];
}

/** A process that is still there. */
export interface Remaining {
  readonly pid: number;
  readonly name: string;
}

/**
 * What decided: nothing is pending and the daemon sleeps (proof); the signal is pending and blocked for good (proof
 * too); the daemon ended or was stopped; or it was still there at the deadline.
 */
export type DecidedBy = 'nothing pending' | 'blocked' | 'ended' | 'stopped' | 'deadline';

/** Whether the daemon was still there after what was done to it. */
export interface Survival {
  readonly kind: 'survival';
  readonly attempts: number;
  readonly survived: number;
  /** How the others ended, most frequent first: `SIGHUP`, `exit status 1`, `stopped`. */
  readonly endings: readonly { readonly how: string; readonly count: number }[];
  readonly decidedBy: DecidedBy;
  /** From what was done to the answer, of the slowest attempt. */
  readonly afterMs: number;
  /** Processes of the program that what was done went to, in the last attempt. */
  readonly reached: readonly number[];
  readonly evidence: readonly string[];
}

/** What the harness reads at its end, and whether the program let go of the other. */
export interface Channel {
  readonly name: string;
  /** From the starter's return to end of file, 0 if it came before; null if it never came. */
  readonly closedAfterMs: number | null;
  readonly holders: readonly Holder[];
}

export interface Channels {
  readonly kind: 'channels';
  readonly channels: readonly Channel[];
}

export type LockName = 'flock' | 'fcntl' | 'open-file-description';

/** Locks that were held when the program started, taken anew from outside after its starter had returned. */
export interface Locks {
  readonly kind: 'locks';
  readonly locks: readonly {
    readonly name: LockName;
    readonly held: boolean;
    readonly holders: readonly Holder[];
  }[];
}

/** What appeared on the terminal after the starter had returned. */
export interface LateOutput {
  readonly kind: 'late-output';
  readonly text: string;
  readonly holders: readonly Holder[];
}

/** What happened to a daemon whose output leads nowhere any more. */
export interface BrokenOutput {
  readonly kind: 'broken-output';
  readonly outputs: readonly {
    readonly output: 'terminal' | 'pipe';
    readonly holders: readonly Holder[];
    /** System calls that write were counted since; null where they cannot be. */
    readonly wrote: boolean | null;
    readonly ending: string | null;
  }[];
}

/** Milliseconds until the daemon had settled, the fastest of `pairs` launches each. */
export interface Cost {
  readonly kind: 'cost';
  readonly pairs: number;
  readonly usualLimit: number;
  readonly usualMs: number;
  readonly raisedLimit: number;
  readonly raisedMs: number;
}

/** A launch that waits at the terminal, or does not. */
export interface Return {
  readonly kind: 'return';
  readonly returnedAfterMs: number | null;
  readonly ending: string | null;
  readonly stopped: readonly Remaining[];
}

/** The terminal that was given to the program to open, and the process that then had it for its controlling one. */
export interface Acquisition {
  readonly kind: 'acquisition';
  readonly terminal: string;
  readonly opened: readonly Holder[];
  readonly acquiredBy: readonly Remaining[];
}

/** The end that SIGTERM was to bring about. */
export interface Termination {
  readonly kind: 'termination';
  readonly pid: number;
  /** null: it did not end. */
  readonly endedAfterMs: number | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly decidedBy: DecidedBy;
  /** Processes of the program that were there when the daemon had ended and nothing changed any more. */
  readonly survivors: readonly Remaining[];
  /** The declared pidfile was still there; null if none is declared or the daemon did not end. */
  readonly pidfileLeft: boolean | null;
  /** The next start worked in spite of the pidfile; null if there was none to be in its way. */
  readonly restarted: boolean | null;
  readonly evidence: readonly string[];
}

/** Launches that were sent SIGTERM while they were starting. */
export interface Interruptions {
  readonly kind: 'interruptions';
  readonly attempts: number;
  /** Offsets reached up to here, from the program's execution. */
  readonly untilMs: number;
  /** The daemon was complete before, or nothing was left. */
  readonly clean: number;
  readonly left: readonly {
    readonly offsetMs: number;
    readonly starter: string;
    readonly processes: readonly Remaining[];
    readonly pidfile: boolean;
  }[];
}

/** It cannot be probed here. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly unavailable: string;
  readonly wouldHelp: string | null;
}

/** It was not asked for, or there is nothing to probe. */
export interface NotRun {
  readonly kind: 'not-run';
  readonly notRun: string;
}

/** Every probe, and what it finds. */
export interface Findings {
  readonly 'terminal-hangup': Survival;
  readonly 'session-sighup': Survival;
  readonly logout: Survival;
  readonly 'keyboard-signals': Survival;
  readonly 'background-start': Return;
  readonly 'output-after-hangup': BrokenOutput;
  readonly 'terminal-output': LateOutput;
  readonly 'leader-start': Survival;
  readonly 'terminal-acquisition': Acquisition;
  readonly 'captured-output': Channels;
  readonly 'inherited-pipe': Channels;
  readonly 'inherited-lock': Locks;
  readonly 'descriptor-limit-cost': Cost;
  readonly termination: Termination;
  readonly 'termination-after-hostile-start': Termination;
  readonly 'sighup-reload': Survival;
  readonly 'startup-termination': Interruptions;
}

export type ProbeName = keyof Findings;

/** What a probe found, or why it found nothing. */
export type Found<P extends ProbeName = ProbeName> = Findings[P] | Unavailable | NotRun;

export type Probes = { readonly [P in ProbeName]?: Found<P> };

export function unavailable(reason: string, wouldHelp: string | null = null): Unavailable {
  return { kind: 'unavailable', unavailable: reason, wouldHelp };
}

export function notRun(reason: string): NotRun {
  return { kind: 'not-run', notRun: reason };
}
