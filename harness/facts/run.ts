/** The facts of one launch: what the program was given, what its starter did, what it became and when. */

import type { ProcessFacts } from './process.ts';
import type { DimensionName, StartName } from './start-state.ts';
import type { Trace } from './trace.ts';

/**
 * `starter` is the process that was launched, `daemon` the process it became, `worker` a descendant of the daemon,
 * `survivor` any other process of the program that is still there.
 */
export type ProcessRole = 'starter' | 'daemon' | 'worker' | 'survivor';

export interface ObservedProcess extends ProcessFacts {
  readonly role: ProcessRole;
}

/** One dimension of the start state: shown by the canary, or why it was not. */
export type Establishment =
  | { readonly established: true; readonly seen: string }
  | { readonly established: false; readonly because: string };

/** What a launch has for itself, and shares with nobody. */
export interface OwnWorld {
  readonly processIds: boolean;
  readonly files: boolean;
  readonly network: boolean;
  readonly ipc: boolean;
}

/** What the program was given, read back from the canary or fixed by the launcher. */
export interface LaunchFacts {
  /** Session, process group and terminal in which the program was started. */
  readonly session: number;
  readonly processGroup: number;
  /** Device `major:minor` of the launch terminal; null without one. */
  readonly terminal: string | null;
  readonly fileModeCreationMask: number;
  readonly workingDirectory: string;
  readonly rootDirectory: string;
  readonly userId: number;
  readonly groupId: number;
  readonly supplementaryGroups: readonly number[];
  /** `major:minor` of the null device here. */
  readonly nullDevice: string;
  /** Names of planted descriptors by number, `17: 'locked file'`. */
  readonly planted: Readonly<Record<string, string>>;
  /** `device:inode` of the pipe or socket that captures the output, by number; empty where nothing does. */
  readonly captured: Readonly<Record<string, string>>;
  readonly nice: number;
  readonly oomScoreAdjustment: number;
  readonly softDescriptorLimit: number | 'unlimited';
}

export interface Starter {
  readonly pid: number;
  /** Exit status, null if it did not exit by itself. */
  readonly exitCode: number | null;
  /** Name of the signal that ended it. */
  readonly signal: string | null;
  /** Milliseconds from exec to its end; null if it had not ended at the deadline. */
  readonly returnedAfterMs: number | null;
  /** What it wrote to its terminal or captured output, at most the first 64 KiB, as bytes decoded for display. */
  readonly output: string;
}

/** One change in the program's tree. Times are milliseconds since the program was executed. */
export interface TimelineEvent {
  readonly atMs: number;
  readonly pid: number;
  readonly event:
    | 'started'
    | 'appeared'
    | 'starter-returned'
    | 'parent-changed'
    | 'session-changed'
    | 'process-group-changed'
    | 'terminal-changed'
    | 'executable-changed'
    | 'ended'
    /** It told its service manager something, sd_notify(3). */
    | 'notified'
    | 'settled'
    /** A call of the traced launch, which has process IDs and times of its own. */
    | 'step'
    /** A new process of a held start, which has process IDs and times of its own: until when, and why so long. */
    | 'held';
  readonly detail: string;
}

/** What was seen of the launch that is judged: without what comes from others, the traced one and those held. */
export function observedEvents({ timeline }: Pick<Run, 'timeline'>): readonly TimelineEvent[] {
  return timeline.filter(({ event }) => event !== 'step' && event !== 'held');
}

/** Who was held in the held starts. */
export function heldEvents({ timeline }: Pick<Run, 'timeline'>): readonly TimelineEvent[] {
  return timeline.filter(({ event }) => event === 'held');
}

/** How the follower came to its answer. */
export interface Settling {
  /** `asleep`: proven by a wait without timeout; `stood`: the answer stood long enough; `deadline`: it never settled. */
  readonly by: 'asleep' | 'stood' | 'deadline' | 'nothing-left';
  /** From the program's execution. */
  readonly afterMs: number;
  /** For how long it had not changed by then, while all of it slept. */
  readonly stoodMs: number;
  readonly snapshots: number;
  /** What was still on its way where the deadline cut it, as sentences. */
  readonly moving: readonly string[];
}

export interface Run {
  readonly start: StartName;
  /**
   * Why nothing is known of what the program became: the launch was lost while it was followed, since its stage was
   * killed, for instance. Absent where it was not.
   */
  readonly lost?: string;
  readonly established: Readonly<Partial<Record<DimensionName, Establishment>>>;
  /** Shown by the canary. */
  readonly isolation: OwnWorld;
  readonly launch: LaunchFacts;
  readonly starter: Starter;
  /** Process ID of the daemon; null if nothing survived or the starter never returned. */
  readonly daemon: number | null;
  /** All survivors once settled; before the starter returned, the starter and its descendants. */
  readonly processes: readonly ObservedProcess[];
  /** The survivors in the first snapshot after the starter's exit; null if it never returned. */
  readonly atReturn: readonly ObservedProcess[] | null;
  /**
   * The first snapshot after settling in which something no longer held, else the last one taken; null if none was
   * needed because everything slept in a wait without timeout.
   */
  readonly later: readonly ObservedProcess[] | null;
  readonly settling: Settling;
  readonly timeline: readonly TimelineEvent[];
  /** The steps themselves, from a launch of their own after the same start; absent where they were not asked for. */
  readonly trace?: Trace;
  /**
   * Whether a start that failed here succeeds as soon as SIGCHLD is not ignored, everything else being equal; null
   * where that was not tried, since nothing failed or the clean start fails too.
   */
  readonly sigchldDecides: boolean | null;
  /** Processes of the program that could not be ended, with the reason (another user's, for instance). */
  readonly leftBehind: readonly { readonly pid: number; readonly because: string }[];
}
