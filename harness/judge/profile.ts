/** A profile: one body of advice on daemons, as policy values. The levels stand with each requirement. */

import type { Source } from '../facts/result.ts';
import type { StartName } from '../facts/start-state.ts';

export const profileNames = [
  'sysv',
  'daemon3-bsd',
  'daemon3-glibc',
  'apue',
  'pep3143',
  'classic',
  'supervised',
] as const;
export type ProfileName = (typeof profileNames)[number];

/** `at-most` accepts any mask whose bits are a subset; masks are those of umask(2), 0 to 0o777. */
export type MaskPolicy =
  | { readonly kind: 'any' }
  | { readonly kind: 'inherited' }
  | { readonly kind: 'exact'; readonly mask: number }
  | { readonly kind: 'at-most'; readonly mask: number };

export type DirectoryPolicy =
  | { readonly kind: 'any' }
  | { readonly kind: 'not-launch-directory' }
  | { readonly kind: 'one-of'; readonly paths: readonly string[] };

/** `any`: 0-2 open; `null-device`: 0-2 all on it; `sink`: 0 on it, 1 and 2 on it or on `path`. */
export type StreamsPolicy =
  | { readonly kind: 'any' }
  | { readonly kind: 'null-device' }
  | { readonly kind: 'sink'; readonly path: string };

/** How a signal may be disposed of. */
export type Disposition = 'default' | 'ignored' | 'caught';

export interface DeclaredUser {
  readonly name: string;
  readonly userId: number;
  readonly groupId: number;
  /** Groups of that user in the group database, its primary group included. */
  readonly groups: readonly number[];
}

export interface Policy {
  readonly fileModeCreationMask: MaskPolicy;
  readonly workingDirectory: DirectoryPolicy;
  readonly standardStreams: StreamsPolicy;
  readonly sessionLeader: 'may' | 'must-not';
  /** Main processes that survive the starter; workers are not counted. */
  readonly mainProcesses: number;
  readonly sighup: readonly Disposition[];
  /** SIGTTIN, SIGTTOU and SIGTSTP. */
  readonly jobControl: readonly Disposition[];
  /** Soft limit of RLIMIT_CORE that is asked for; null if any will do. */
  readonly coreLimit: number | null;
  /** Nice value asked for; null: the one it was given is the one it should not have kept. */
  readonly nice: number | null;
  readonly user: DeclaredUser | null;
  /** Path of the declared pidfile. */
  readonly pidfile: string | null;
  /** It reloads on SIGHUP, and so survives it. */
  readonly reload: boolean;
  /** It tells its service manager when it is ready, sd_notify(3). */
  readonly notify: boolean;
  /** An argument in which `{}` stands for a terminal the program is to open; null if it has none. */
  readonly terminalArgument: string | null;
  /** A command that succeeds as soon as the daemon can be used; null if none is declared. */
  readonly ready: string | null;
  /** Arguments, in place of its own, with which it must not start; null if none are declared. */
  readonly failingArguments: readonly string[] | null;
  /** Directories in which it creates files. */
  readonly created: readonly string[];
  /** Arguments, in place of its own, with which it stays in the foreground; null if none are declared. */
  readonly foregroundArguments: readonly string[] | null;
  /** An argument in which `{}` stands for the directory it is to work in; null if it has none. */
  readonly directoryArgument: string | null;
}

export interface Profile {
  readonly name: ProfileName;
  readonly title: string;
  readonly summary: string;
  readonly sources: readonly Source[];
  /** The program stays in the foreground: a starter that returns is the failure. */
  readonly foreground: boolean;
  /** Start states the program is launched from unless others are asked for. */
  readonly starts: readonly StartName[];
  readonly policy: Policy;
}
