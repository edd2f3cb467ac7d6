/**
 * What can be known of one process, whatever the system: facts, without judgement.
 *
 * The names are those of the JSON report. A fact that could not be read is `{ unreadable: reason }`, which no
 * requirement ever takes for a pass.
 */

/** A fact that could not be read, with the call and errno that say why. */
export interface Unreadable {
  readonly unreadable: string;
  /** The system has no such thing, so that no process has it: what asks for it is inapplicable there. */
  readonly absent?: true;
}

export type Fact<T> = T | Unreadable;

export function unreadable(reason: string): Unreadable {
  return { unreadable: reason };
}

/** For what the system does not have at all: an OOM score adjustment, capabilities. */
export function absent(reason: string): Unreadable {
  return { unreadable: reason, absent: true };
}

export function isUnreadable(fact: unknown): fact is Unreadable {
  return typeof fact === 'object' && fact !== null && 'unreadable' in fact;
}

/** `init` is process 1 of the observer's PID namespace, `subreaper` the stage that adopts the program's orphans. */
export type ParentRole = 'init' | 'subreaper' | 'other';

export interface Parent {
  readonly pid: number;
  readonly role: ParentRole;
}

/** A controlling terminal: device number as `major:minor`, and its path where a device node of that number is known. */
export interface Terminal {
  readonly device: string;
  readonly name: string | null;
}

export type DescriptorKind =
  | 'null-device'
  | 'terminal'
  | 'character-device'
  | 'block-device'
  | 'file'
  | 'directory'
  | 'pipe'
  | 'socket'
  | 'anonymous'
  | 'unknown';

export type Access = 'read' | 'write' | 'read-write' | 'path' | 'unknown';

export interface Descriptor {
  readonly fd: number;
  /** What the system says it points to: a path, `pipe:[123]`, `socket:[9]`, `anon_inode:[eventpoll]`. */
  readonly target: string;
  readonly kind: DescriptorKind;
  readonly access: Access;
  /** Device number of a device node, `major:minor`; otherwise null. */
  readonly device: string | null;
  /** `device:inode` of the open file, which names the same object in every process; null if stat failed. */
  readonly identity: string | null;
  /** The file has no name any more (link count zero); null where the link count is not revealed. */
  readonly deleted: boolean | null;
  readonly closeOnExec: boolean | null;
  /** Name of the planted descriptor this is (by identity, so a duplicate is found too); null if it is none. */
  readonly planted: string | null;
}

/** Signal sets by name (`SIGHUP`, `SIGRTMIN+3`), in the order of their numbers. */
export interface SignalSets {
  readonly blocked: readonly string[];
  readonly ignored: readonly string[];
  /**
   * Ignored, or left at a default that is to be ignored: the system does not tell which. Absent where it tells them
   * apart, and then `ignored` is complete.
   */
  readonly ignoredOrDefault?: readonly string[];
  readonly caught: readonly string[];
  /** Pending for the process or for its main thread. */
  readonly pending: readonly string[];
}

/** What may differ between threads of a process: Linux keeps mask, directory and file mode creation mask per task. */
export interface ThreadFacts {
  readonly tid: number;
  readonly blocked: readonly string[];
  readonly fileModeCreationMask: string | null;
  readonly workingDirectory: string | null;
}

export interface IdTriple {
  readonly real: number;
  readonly effective: number;
  readonly saved: number;
}

/** A resource limit; `unlimited` is RLIM_INFINITY. Units are those of getrlimit(2). */
export interface ResourceLimit {
  readonly soft: number | 'unlimited';
  readonly hard: number | 'unlimited';
}

/** Capability names (`CAP_NET_ADMIN`) per set, capabilities(7). */
export interface Capabilities {
  readonly permitted: readonly string[];
  readonly effective: readonly string[];
  readonly inheritable: readonly string[];
  readonly ambient: readonly string[];
  readonly noNewPrivileges: boolean;
}

/**
 * How the process sleeps: `without-timeout` only when every thread sleeps in a system call that no clock ends.
 * `unless-alarm`: no call has a timeout, but an alarm or a timer that may be set could end the sleep.
 * `with-timeout` is any other sleep, `no` means it runs, is stopped or has ended.
 */
export type Waiting = 'without-timeout' | 'unless-alarm' | 'with-timeout' | 'no';

/** State letter as in ps(1): R running, S sleeping, D disk sleep, T stopped, t traced, Z zombie, X dead, I idle. */
export type ProcessState = 'R' | 'S' | 'D' | 'T' | 't' | 'Z' | 'X' | 'I' | 'P';

/**
 * The part of a process that is in the program's tree the observer has to be told: which parent is the subreaper,
 * and which objects were planted (identity -> name).
 */
export interface Surroundings {
  readonly subreaper: number | null;
  readonly planted: ReadonlyMap<string, string>;
  /** `NAME=value` put into the program's environment; null when nothing was planted. */
  readonly environmentMarker: string | null;
}

/** Of a process that this run did not launch. */
export const noSurroundings: Surroundings = { subreaper: null, planted: new Map(), environmentMarker: null };

/** The facts of one process, named as in the report (`processes[]`). */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: Fact<Parent>;
  readonly processGroup: Fact<number>;
  readonly session: Fact<number>;
  /** Controlling terminal, null if there is none. */
  readonly terminal: Fact<Terminal | null>;
  /** -1 without a controlling terminal, on every system. */
  readonly foregroundProcessGroup: Fact<number>;
  /** Four octal digits, `0022`. */
  readonly fileModeCreationMask: Fact<string>;
  readonly workingDirectory: Fact<string>;
  /** The working directory was removed. */
  readonly workingDirectoryRemoved: Fact<boolean>;
  readonly rootDirectory: Fact<string>;
  readonly executable: Fact<string>;
  readonly commandName: Fact<string>;
  readonly commandLine: Fact<readonly string[]>;
  readonly state: Fact<ProcessState>;
  /**
   * With the pid it identifies the process for good. Since boot, in clock ticks on Linux and in microseconds on
   * FreeBSD and OpenBSD; on NetBSD, which keeps the time of day, in microseconds since the epoch.
   */
  readonly startTime: Fact<number>;
  /** Number of threads. */
  readonly threads: Fact<number>;
  readonly threadFacts: Fact<readonly ThreadFacts[]>;
  readonly descriptors: Fact<readonly Descriptor[]>;
  readonly signals: Fact<SignalSets>;
  readonly userIds: Fact<IdTriple>;
  readonly groupIds: Fact<IdTriple>;
  readonly supplementaryGroups: Fact<readonly number[]>;
  readonly nice: Fact<number>;
  readonly oomScoreAdjustment: Fact<number>;
  /** By the names of getrlimit(2) without RLIMIT_, in lower case: `nofile`, `core`. */
  readonly limits: Fact<Readonly<Record<string, ResourceLimit>>>;
  readonly capabilities: Fact<Capabilities>;
  /** The planted marker variable is still in the environment; false also when none was planted. */
  readonly environmentMarker: Fact<boolean>;
  /** Names, never values, of login-session variables present: TERM, SSH_*, DISPLAY, XDG_*, SUDO_*, TMUX... */
  readonly sessionVariables: Fact<readonly string[]>;
  readonly waiting: Fact<Waiting>;
}

export type FactName = Exclude<keyof ProcessFacts, 'pid'>;

/** A process that had ended before, or while, it was read. */
export interface GoneProcess {
  readonly gone: true;
  readonly pid: number;
}

/** A sleep that a clock ends, of one thread or of a timer. */
export interface TimedSleep {
  /** Thread ID, or the name of the timer. */
  readonly of: string;
  /** Another one whenever it has woken since. */
  readonly moment: string;
  /** `clock`: it sleeps on the clock alone, as in nanosleep(2); `event`: it waits for an event as well. */
  readonly kind: 'clock' | 'event';
  /** It is over at the latest after so many milliseconds; null where the kernel does not tell. */
  readonly atMostMs: number | null;
}

/** What a process does with its time, as far as it bears on whether it is about to change. */
export interface Activity {
  /** Every thread that is alive sleeps interruptibly or is stopped. */
  readonly asleep: boolean;
  /**
   * Milliseconds for which its threads have had a processor, or waited for one, since they began; null where the system
   * does not tell.
   */
  readonly busyMs: number | null;
  readonly timedSleeps: readonly TimedSleep[];
}

/**
 * One reading of a process. It is `whole` when identity, state and context-switch counts were the same before and
 * after, so that no fact can come from another moment than the rest.
 */
export interface Observation {
  readonly facts: ProcessFacts;
  readonly whole: boolean;
  readonly activity: Activity;
}
