/**
 * What the harness, the launcher and its stages say to each other: JSON, one message a line. Events of all stages
 * share one channel; each line is shorter than PIPE_BUF and so arrives whole.
 */

import type { FileReading } from '../facts/file.ts';
import type { CountedStart, HeldEvent, HeldStart } from '../facts/held-start.ts';
import type { StartState } from '../facts/start-state.ts';
import type { GuardRequest } from './guarded-names.ts';
import type { LeftFile } from './remove-tree.ts';

/**
 * A program image to execute, or a fixture: a compiled module whose top-level steps run in the forked process itself,
 * so that they find the start state as it is, and not what Node's own start leaves of it. `preload` names modules the
 * launcher loads once beforehand, that must do nothing by themselves.
 */
export type Image =
  | { readonly kind: 'execute'; readonly path: string }
  | { readonly kind: 'module'; readonly path: string; readonly preload: readonly string[] };

export interface LaunchRequest {
  readonly type: 'launch';
  readonly launch: number;
  readonly image: Image;
  readonly argv: readonly string[];
  /** NAME=value. */
  readonly environment: readonly string[];
  /** Where the user stands; the start state may replace it by a fresh directory. */
  readonly directory: string;
  readonly start: StartState;
  /** What the stage does by itself the moment the program returns; acknowledged as act 0. */
  readonly whenReturned?: readonly Action[];
  /** A file whose exclusive lock the harness holds: the program is executed when it lets go of it, or is gone. */
  readonly gate?: string;
  /** Nothing is executed: there is a world in which others are launched. */
  readonly empty?: boolean;
  /** `none` where nothing is said. */
  readonly isolation?: Isolation;
  /** A launch in whose world it is to be, where that has one. */
  readonly within?: number;
  /** It leaves its world as it was but for a process ID that was given once: the next launch may have that world. */
  readonly changesNothing?: boolean;
  /** Names that are not to be there in its world. */
  readonly absent?: readonly string[];
  /** So long the forked process sleeps before it becomes the program, milliseconds: what launched it is at rest then. */
  readonly restMs?: number;
  /** So long it is waited for at its end, milliseconds, as long as it shows that it is ending. */
  readonly stopTimeoutMs?: number;
  /** Processes of the start are held at their birth, to see who waits for whom. */
  readonly held?: HeldStart | CountedStart;
}

/** What was asked to end has so long where nobody says otherwise. */
export const stopTimeoutMs = 2000;

/** `full` and `auto`: in a world of its own; where that cannot be had, `auto` does without and `full` does not start. */
export const isolations = ['auto', 'full', 'none'] as const;
export type Isolation = (typeof isolations)[number];

export interface EndRequest {
  readonly type: 'end';
  readonly launch: number;
  /** Leave the program's processes to the system instead of ending them, as the user asked. */
  readonly keep: boolean;
}

/** What a probe does to a launch. Only the launch's own terminal, session and descendants are ever touched. */
export type Action =
  /** Closes the terminal's last master and the stage's slave: the line hangs up, XBD 11.1.10. */
  | { readonly kind: 'hang-up' }
  /** The signals, in order, to every process group of the launch session, as a shell does at its logout. */
  | { readonly kind: 'signal-session'; readonly signals: readonly string[] }
  /** Characters typed on the terminal, as bytes of a latin1 string: `\x03` is ^C. */
  | { readonly kind: 'type'; readonly text: string }
  /** Written to the terminal by the stage itself, as a shell's prompt: what follows it was written later. */
  | { readonly kind: 'prompt'; readonly text: string }
  /** Closes the read ends of the pipes that captured the program's output. */
  | { readonly kind: 'close-outputs' }
  /** Tries the planted locks from outside the program; those still held are named in `held`. */
  | { readonly kind: 'relock' }
  /** One signal to the process group in which the program was started, as far as the group is the program's. */
  | { readonly kind: 'signal-group'; readonly signal: string }
  /** One signal to one process of the program. */
  | { readonly kind: 'signal'; readonly pid: number; readonly signal: string }
  /** Reads the beginning of a file at that moment. */
  | { readonly kind: 'read-file'; readonly path: string }
  /** Reads the processor time of everything that has ended of the launch. */
  | { readonly kind: 'processor-time' }
  /** Takes away the file system that was mounted on the launch directory: EBUSY while the program is on it. */
  | { readonly kind: 'unmount' }
  /** What a held start still holds goes on. */
  | { readonly kind: 'let-go' };

export interface ActRequest {
  readonly type: 'act';
  readonly launch: number;
  readonly act: number;
  readonly action: Action;
}

/** Asks for a directory that is gone when the launcher is, whatever ended the harness. Answered by `Room`. */
export interface ScratchDirectoryRequest {
  readonly type: 'scratch-directory';
}

/** So many launches will follow in worlds of their own, a canary not counted: stages may be made ready for them. */
export interface ExpectRequest {
  readonly type: 'expect';
  readonly launches: number;
  /** Nothing else is to be done until then: as many as that are made ready, and not only for the first. */
  readonly all?: boolean;
}

export type Request =
  | LaunchRequest
  | EndRequest
  | ActRequest
  | ExpectRequest
  | ScratchDirectoryRequest
  | GuardRequest;

/** Times are those of CLOCK_MONOTONIC in milliseconds, the same for all three. */
export type StageEvent = { readonly launch: number } & (
  | {
      readonly type: 'stage';
      readonly pid: number;
      /** It is in a world of its own, or of another launch. */
      readonly isolated: boolean;
      /** Why it is not, although it was to be. */
      readonly whyNot: string | null;
    }
  | {
      readonly type: 'started';
      readonly pid: number;
      readonly atMs: number;
      readonly session: number;
      /** Path and `major:minor` of the terminal; null without one. */
      readonly terminal: { readonly path: string; readonly device: string } | null;
      readonly directory: string;
      /** Why the launch directory is on no file system of its own: null if it is, or was not asked to be. */
      readonly notMounted: string | null;
      /** Planted descriptors: number, name and `device:inode`. */
      readonly planted: readonly { readonly fd: number; readonly name: string; readonly identity: string }[];
      /** Socket to which the program can tell its state, as NOTIFY_SOCKET names it; null without one. */
      readonly notifySocket: string | null;
      /** Why there is none: null if there is, or was not asked to be. */
      readonly notListening: string | null;
      /** What the program's output goes into, `device:inode`, where the stage reads it from a pipe or socket. */
      readonly captured: readonly { readonly stream: OutputStream; readonly identity: string }[];
    }
  | { readonly type: 'not-started'; readonly call: string; readonly errno: string }
  | ({ readonly type: 'returned'; readonly pid: number; readonly atMs: number } & EndedBy)
  | ({ readonly type: 'ended'; readonly pid: number; readonly atMs: number } & EndedBy)
  /** Where orphans are not handed to the stage: every process of the program, whenever there is another one. */
  | { readonly type: 'below'; readonly pids: readonly number[] }
  | { readonly type: 'output'; readonly stream: OutputStream; readonly base64: string }
  /** A datagram on the notify socket, at most its first 2 KiB, and the process that sent it. */
  | {
      readonly type: 'notified';
      readonly from: number | null;
      readonly base64: string;
      readonly atMs: number;
    }
  | { readonly type: 'output-closed'; readonly stream: OutputStream; readonly atMs: number }
  /** An action was carried out at that time; `errno` where it was refused, `reached` the processes it went to. */
  | {
      readonly type: 'acted';
      readonly act: number;
      readonly atMs: number;
      readonly errno: string | null;
      readonly reached: readonly number[];
      /** Names of planted locks that could not be taken. */
      readonly held: readonly string[];
      /** What `read-file` found; null for other actions. */
      readonly file: FileReading | null;
      /** What `processor-time` found, in milliseconds; null for other actions. */
      readonly endedUsedMs: number | null;
    }
  | HeldEvent
  /** What ends from now on is ended by it. `asked`: all had gone well until it was asked to end. */
  | { readonly type: 'ending'; readonly asked: boolean }
  | { readonly type: 'over'; readonly left: readonly { readonly pid: number; readonly because: string }[] }
  | { readonly type: 'lost'; readonly because: string }
);

/** The launcher's first word. */
export interface Ready {
  readonly type: 'ready';
  /** C library the launcher runs on, `glibc-2.36`. */
  readonly libc: string;
}

/** The launcher's only word where it cannot work. */
export interface UnableEvent {
  readonly type: 'unable';
  readonly because: string;
}

/** The directory that is gone when the launcher is: told before it is there, for whoever survives the launcher. */
export interface ScratchEvent {
  readonly type: 'scratch';
  readonly path: string;
}

/** The launcher's last word where something could not be removed. */
export interface LeftFilesEvent {
  readonly type: 'left-files';
  readonly left: readonly LeftFile[];
}

/** To a stage that waits for a launch: there will be none, and what it knows of is still in use. */
export interface DismissedEvent {
  readonly type: 'dismissed';
}

/** The directory that was asked for; null if none could be made. */
export interface ScratchDirectoryEvent {
  readonly type: 'scratch-directory';
  readonly path: string | null;
}

export interface EndedBy {
  readonly exitCode: number | null;
  /** Name of the signal. */
  readonly signal: string | null;
}

/** `planted-pipe`: the far end of the pipe planted as descriptor 19. */
export type OutputStream = 'terminal' | 'stdout' | 'stderr' | 'planted-pipe';

/** Name and value of the variable planted in the environment. */
export const environmentMarker = 'DAEMON_CONFORMANCE_MARKER=planted';

/** What a service manager calls the socket it listens on, sd_notify(3): NAME= of the variable. */
export const notifyVariable = 'NOTIFY_SOCKET=';

/** Byte of the planted file on which a lock of that kind stands; flock(2) knows no bytes. */
export const lockedBytes = { fcntl: 1, 'open-file-description': 2 } as const;

/** Numbers and names of the planted descriptors. Above a soft limit of 256, a loop to that limit misses the last. */
export const plantedDescriptors = [
  { fd: 17, name: 'locked-file' },
  { fd: 19, name: 'pipe' },
  { fd: 23, name: 'socket' },
  { fd: 900, name: 'pipe-above-limit' },
] as const;
