/**
 * What probes find: facts of behaviour, named as in the report. A probe launches the program, does something to it and
 * says what came of it; whether that is good, a requirement says.
 */

/** One process, and the descriptors by which it holds something. */
export interface Holder {
  readonly pid: number;
  readonly name: string;
  readonly descriptors: readonly number[];
  /** The command by which a person sees them. */
  readonly listing: string;
}

/** A process that is still there. */
export interface RemainingProcess {
  readonly pid: number;
  /** The ID by which it knows itself, where that is another. */
  readonly inside?: number;
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
  readonly survivors: readonly RemainingProcess[];
  /** The declared pidfile was still there; null if none is declared or the daemon did not end. */
  readonly pidfileLeft: boolean | null;
  /** The next start worked in spite of the pidfile; null if there was none to be in its way. */
  readonly restarted: boolean | null;
  readonly evidence: readonly string[];
}

/** How one start ended. */
export interface Start {
  /** `exit status 1`, `SIGALRM`; null if it had not returned when nothing moved any more, or at the deadline. */
  readonly ending: string | null;
  /** What it last said, one line. */
  readonly said: string;
  /** Processes of it that were there in the end. */
  readonly left: readonly RemainingProcess[];
}

/** A start from which no daemon, or a daemon, was to come. */
export interface StartOutcome {
  readonly kind: 'started';
  /** The program is one that stays in the foreground. */
  readonly foreground: boolean;
  readonly start: Start;
  /** A pidfile is there afterwards; null if none is declared. */
  readonly pidfile: boolean | null;
}

/** A file, and who may do what with it. */
export interface CreatedFile {
  readonly path: string;
  readonly kind: string;
  readonly mode: string;
}

/** One datagram to the service manager: who sent it, and what it holds, NAME=value. */
export interface ServiceManagerMessage {
  readonly from: number | null;
  readonly state: readonly string[];
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

/** Every probe, and what it finds: each probe adds its own, beside its run. */
// biome-ignore lint/suspicious/noEmptyInterface: every probe merges its line into this one.
export interface Findings {}

export type ProbeName = keyof Findings;

/** What a probe found, or why it found nothing. */
export type ProbeOutcome<P extends ProbeName = ProbeName> = Findings[P] | Unavailable | NotRun;

export type Probes = { readonly [P in ProbeName]?: ProbeOutcome<P> };

export function unavailable(reason: string, wouldHelp: string | null = null): Unavailable {
  return { kind: 'unavailable', unavailable: reason, wouldHelp };
}

export function notRun(reason: string): NotRun {
  return { kind: 'not-run', notRun: reason };
}
