/** A profile: one body of advice on daemons, as policy values. The levels stand with each requirement. */

import type { DeclaredOptions } from '../facts/policy.ts';
import type { Level, Source } from '../facts/result.ts';
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

/** The strictest first. */
export const levels = ['must', 'should', 'may'] as const satisfies readonly Level[];

/** What makes a run end with a failure: a requirement of that level or a stricter one, or nothing at all. */
export type FailOn = (typeof failOnWords)[number];
export const failOnWords = [...levels, 'never'] as const;

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

export interface Policy extends DeclaredOptions {
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
