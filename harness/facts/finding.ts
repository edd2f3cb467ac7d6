/**
 * What probes find: facts of behaviour, named as in the report. A probe has launches of its own, does something to
 * them and says what came of it; whether that is good, a requirement says.
 */

import type { FileReading } from '../observe/file-reading.ts';

/** One process, and the descriptors by which it holds something. */
export interface Holder {
  readonly pid: number;
  readonly name: string;
  readonly descriptors: readonly number[];
}

/** A process that is still there. */
export interface RemainingProcess {
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

/** Processor time of all processes of the program until it had settled, the least of `pairs` launches each. */
export interface Cost {
  readonly kind: 'cost';
  readonly pairs: number;
  readonly usualLimit: number;
  readonly usualMs: number;
  readonly raisedLimit: number;
  readonly raisedMs: number;
  /** So far above the least were half of the launches under the usual limit: less is no difference. */
  readonly noiseMs: number;
}

/** A launch that waits at the terminal, or does not. */
export interface Return {
  readonly kind: 'return';
  readonly returnedAfterMs: number | null;
  readonly ending: string | null;
  readonly stopped: readonly RemainingProcess[];
}

/** The terminal that was given to the program to open, and the process that then had it for its controlling one. */
export interface Acquisition {
  readonly kind: 'acquisition';
  readonly terminal: string;
  readonly opened: readonly Holder[];
  readonly acquiredBy: readonly RemainingProcess[];
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
    readonly processes: readonly RemainingProcess[];
    readonly pidfile: boolean;
  }[];
}

/** What was found of the declared pidfile, after one launch that was not right where there was one. */
export interface PidfileState {
  readonly kind: 'pidfile';
  readonly path: string;
  /** Launches, and after how many of them it was complete and named a process of the program. */
  readonly attempts: number;
  readonly complete: number;
  /** Read by the stage the moment the starter had been waited for. */
  readonly atReturn: FileReading;
  readonly settled: FileReading;
  readonly daemon: number;
  /** Processes of the program once it had settled. */
  readonly survivors: readonly RemainingProcess[];
  /** User who launched it. */
  readonly userId: number;
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

export type PlantedKind = 'symbolic link' | 'hard link' | 'fifo';

/** Starts that found something in the place of the pidfile that leads to what is none of the program's business. */
export interface Plantings {
  readonly kind: 'plantings';
  readonly path: string;
  readonly plantings: readonly {
    readonly planted: PlantedKind;
    /** What became of what it leads to: `its content`, `its mode`; empty if nothing did. */
    readonly changed: readonly string[];
    readonly start: Start;
  }[];
}

/** Starts that found a pidfile which an earlier daemon has left. */
export interface StaleStarts {
  readonly kind: 'stale-starts';
  readonly path: string;
  readonly starts: readonly {
    /** The process that the pidfile names is gone, or another one that has nothing to do with the program. */
    readonly named: 'gone' | 'another';
    readonly pid: number;
    readonly start: Start;
    /** Signals that the named process was sent. */
    readonly signals: readonly string[];
  }[];
}

/** A second start while the daemon of the first runs. */
export interface SecondStart {
  readonly kind: 'second-start';
  readonly path: string;
  readonly first: number;
  readonly firstIsThere: boolean;
  readonly second: Start;
  readonly before: FileReading;
  readonly after: FileReading;
}

/** Several starts at once. */
export interface Races {
  readonly kind: 'races';
  readonly racers: number;
  /** Of each round, how many starts came to a daemon. */
  readonly survivors: readonly number[];
  /** What losers of the last round said, each line once. */
  readonly said: readonly string[];
}

/** What could be read under the pidfile's name while the program started, looked at as often as possible. */
export interface Glimpses {
  readonly kind: 'glimpses';
  readonly path: string;
  readonly attempts: number;
  readonly looks: number;
  /** Launches in which an unfinished pidfile was seen, with what was read and what it became. */
  readonly unfinished: readonly {
    readonly read: string;
    readonly became: string;
    readonly afterMs: number;
  }[];
}

/** The declared command, run at once when the starter had returned; of a launch that was not ready where there was one. */
export interface Readiness {
  readonly kind: 'readiness';
  readonly command: string;
  /** Launches, and after how many of them the command succeeded at once. */
  readonly attempts: number;
  readonly ready: number;
  readonly ending: string;
  /** What it wrote, one line. */
  readonly said: string;
  /** From the starter's return to the moment the command went on. */
  readonly begunAfterMs: number;
  /** From the starter's return to the first success; null if there was none. */
  readonly succeededAfterMs: number | null;
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

/** What appeared in the declared directories during a launch. */
export interface CreatedFiles {
  readonly kind: 'created-files';
  readonly directories: readonly string[];
  readonly files: readonly CreatedFile[];
}

/** What of the program is on the file system of the launch directory, which it was given to itself. */
export interface Pins {
  readonly kind: 'pins';
  readonly directory: string;
  readonly pins: readonly (RemainingProcess & { readonly what: string })[];
  /** What umount(2) said: null if it could be unmounted; `untried` where nothing could be mounted. */
  readonly unmounted: string | null;
}

/** The program in the foreground beside the daemon. */
export interface Parity {
  readonly kind: 'parity';
  readonly masks: { readonly foreground: string; readonly daemon: string };
  /** Files that both create, with their modes. */
  readonly files: readonly {
    readonly path: string;
    readonly foreground: string;
    readonly daemon: string;
  }[];
}

/** An alarm that the launcher had armed before the program was executed. */
export interface Alarm {
  readonly kind: 'alarm';
  readonly alarmMs: number;
  /** The same alarm ended a process that was launched after the program, so that the program's had run out too. */
  readonly expiredAfterMs: number;
  readonly start: Start;
  readonly daemon: number | null;
}

/** Whether the daemon does something else than use up a processor. */
export interface Liveness {
  readonly kind: 'liveness';
  readonly pid: number;
  /** 0 where it slept in a wait without a timeout, which is proof. */
  readonly watchedMs: number;
  /** Processor time of all processes of the program in that time. */
  readonly cpuMs: number;
  /** The longest that one thread was running, or waiting for a processor, and for nothing else in between. */
  readonly runnableMs: number;
  readonly alive: boolean;
  readonly threads: number | null;
  readonly evidence: readonly string[];
}

/** One datagram to the service manager: who sent it, and what it holds, NAME=value. */
export interface ServiceManagerMessage {
  readonly from: number | null;
  readonly state: readonly string[];
}

/** What the program told its service manager, sd_notify(3). */
export interface Notifications {
  readonly kind: 'notifications';
  /** It declares that it tells when it is ready. */
  readonly declared: boolean;
  /** The process that was started. */
  readonly daemon: number;
  readonly start: readonly ServiceManagerMessage[];
  /** Whether the declared command succeeded when it had said that it is ready; null without one, or without that word. */
  readonly usable: boolean | null;
  /** What WATCHDOG_USEC granted. */
  readonly watchdogMs: number;
  /** The longest without a WATCHDOG=1 while it was listened to; null if there never was one. */
  readonly longestSilenceMs: number | null;
  /** After SIGHUP; null if it does not declare that it reloads. */
  readonly reload: readonly ServiceManagerMessage[] | null;
  /** After SIGTERM. */
  readonly stop: readonly ServiceManagerMessage[];
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
  readonly pidfile: PidfileState;
  readonly 'planted-pidfile': Plantings;
  readonly 'stale-pidfile': StaleStarts;
  readonly 'second-start': SecondStart;
  readonly 'concurrent-start': Races;
  readonly 'partial-pidfile': Glimpses;
  readonly readiness: Readiness;
  readonly 'start-failure': StartOutcome;
  readonly 'created-file-modes': CreatedFiles;
  readonly 'unreachable-directory': StartOutcome;
  readonly 'pinned-filesystem': Pins;
  readonly 'empty-environment': StartOutcome;
  readonly 'foreground-parity': Parity;
  readonly 'armed-alarm': Alarm;
  readonly liveness: Liveness;
  readonly notification: Notifications;
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
