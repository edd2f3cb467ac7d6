/** A start state: what a program finds when it is executed, dimension by dimension. */

export const startNames = [
  'clean',
  'hostile',
  'leader',
  'captured',
  'closed',
  'detached',
  'supervised',
] as const;
export type StartName = (typeof startNames)[number];

/** Each is proven by a canary launched the same way; what it did not show is recorded as not established. */
export const dimensionNames = [
  'terminal',
  'foreground',
  'session-leader',
  'process-group-leader',
  'standard-streams',
  'no-other-descriptors',
  'file-mode-creation-mask',
  'working-directory',
  'planted-descriptors',
  'planted-lock',
  'soft-descriptor-limit',
  'ignored-signals',
  'blocked-signals',
  'default-dispositions',
  'empty-signal-mask',
  'environment-marker',
  'nice-value',
  'oom-score-adjustment',
  'notify-socket',
] as const;
export type DimensionName = (typeof dimensionNames)[number];

/**
 * `foreground`: foreground job of the stage's session; `background`: a background job of it, on a terminal that stops
 * background output (TOSTOP); `leader`: the program itself leads the terminal's session.
 */
export type TerminalRole = 'foreground' | 'background' | 'leader' | 'none';
/** `socket`: output into one stream socket, as into that of a log daemon, unix(7). */
export type StandardStreams = 'terminal' | 'captured' | 'socket' | 'closed' | 'null';

/** Not Node's own type: whoever uses what is declared here need not have Node's declarations. */
export type SignalName = `SIG${string}`;

export interface StartState {
  readonly name: StartName;
  readonly summary: string;
  readonly terminal: TerminalRole;
  /** The foreground stays the program's group when it has returned, as under a script or `ssh -t host prog`. */
  readonly foregroundKept: boolean;
  readonly sessionLeader: boolean;
  readonly standardStreams: StandardStreams;
  readonly fileModeCreationMask: number;
  /** A fresh directory instead of the user's own. */
  readonly freshDirectory: boolean;
  /** Plant file 17 with a lock, pipe 19, socket 23 and pipe 900. */
  readonly plantDescriptors: boolean;
  readonly softDescriptorLimit: number | null;
  /** Names, as SIGHUP. */
  readonly ignored: readonly SignalName[];
  readonly blocked: readonly SignalName[];
  readonly environmentMarker: boolean;
  /** Added to the nice value of whoever starts the check, up to 19, the nicest there is. */
  readonly nice: number | null;
  readonly oomScoreAdjustment: number | null;
  /** A timer of real time that runs when the program is executed, as alarm(2) arms it; exec() keeps it. */
  readonly alarmMs: number | null;
  /** The fresh directory is on a file system of its own, which only this launch sees. */
  readonly ownFileSystem: boolean;
  /** NOTIFY_SOCKET names a socket to which the program can tell its state, sd_notify(3). */
  readonly notifySocket: boolean;
}
