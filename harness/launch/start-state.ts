/**
 * The start states a program can be launched from, as data. Source of each dimension: what exec() hands on
 * (POSIX.1-2024 XSH exec, DESCRIPTION) and what a login shell, cron, ssh and a service manager really hand on.
 */

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
  readonly ignored: readonly NodeJS.Signals[];
  readonly blocked: readonly NodeJS.Signals[];
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

const clean: StartState = {
  name: 'clean',
  summary: 'foreground job on a terminal, umask 022, nothing inherited',
  terminal: 'foreground',
  foregroundKept: false,
  sessionLeader: false,
  standardStreams: 'terminal',
  fileModeCreationMask: 0o022,
  freshDirectory: false,
  plantDescriptors: false,
  softDescriptorLimit: null,
  ignored: [],
  blocked: [],
  environmentMarker: false,
  nice: null,
  oomScoreAdjustment: null,
  alarmMs: null,
  ownFileSystem: false,
  notifySocket: false,
};

export const startStates: Readonly<Record<StartName, StartState>> = {
  clean,
  hostile: {
    ...clean,
    name: 'hostile',
    summary: 'as clean, with everything planted that exec hands on',
    fileModeCreationMask: 0o137,
    freshDirectory: true,
    plantDescriptors: true,
    softDescriptorLimit: 256,
    ignored: ['SIGUSR1', 'SIGPIPE', 'SIGCHLD', 'SIGTTIN'],
    blocked: ['SIGTERM', 'SIGUSR2', 'SIGALRM'],
    environmentMarker: true,
    nice: 5,
    oomScoreAdjustment: 500,
  },
  leader: {
    ...clean,
    name: 'leader',
    summary: 'the program itself is the session leader of the terminal (ssh -t host prog)',
    terminal: 'leader',
    sessionLeader: true,
  },
  captured: {
    ...clean,
    name: 'captured',
    summary: 'no terminal, output captured by pipes (CI, ssh host prog)',
    terminal: 'none',
    standardStreams: 'captured',
  },
  closed: {
    ...clean,
    name: 'closed',
    summary: 'descriptors 0, 1 and 2 closed',
    standardStreams: 'closed',
  },
  detached: {
    ...clean,
    name: 'detached',
    summary: 'no terminal, already a session leader (cron, containers)',
    terminal: 'none',
    sessionLeader: true,
    standardStreams: 'null',
  },
  supervised: {
    ...clean,
    name: 'supervised',
    summary: 'as a service manager starts it: session leader, no terminal, output to a socket, NOTIFY_SOCKET',
    terminal: 'none',
    sessionLeader: true,
    standardStreams: 'socket',
    notifySocket: true,
  },
};

/** To tell whether an ignored SIGCHLD is why a program does not start, and what else it inherits. */
export const hostileButForSigchld: StartState = {
  ...startStates.hostile,
  ignored: startStates.hostile.ignored.filter((name) => name !== 'SIGCHLD'),
};
