/** What a program is expected to fail, to the last requirement: one too many is as wrong as one too few. */

import type { StartName } from '../../../harness/facts/start-state.ts';
import type { Policy, ProfileName } from '../../../harness/judge/profile.ts';
import type { RequirementId } from '../../requirements/index.ts';

/** Ids that fail, whatever their level, by profile. */
export type Failures = Readonly<Record<ProfileName, readonly RequirementId[]>>;

/** Ids in the profiles in which they fail too. */
export type Additions = Readonly<Partial<Record<RequirementId, readonly ProfileName[]>>>;

/** What may fail or pass from one launch to the next, and why nobody can say which. */
export interface UncertainFailure {
  readonly id: RequirementId;
  readonly because: string;
}

/**
 * `fixture` runs in the process the launcher forked, so that it finds the start state as it was planted; `executed`
 * is the same file run by Node, and `command` any other program.
 */
export type Program =
  | { readonly kind: 'fixture'; readonly path: string }
  | { readonly kind: 'executed'; readonly path: string }
  | { readonly kind: 'command'; readonly argv: readonly [string, ...string[]] };

export interface Expectation {
  /** `defects/stays-session-leader`, `nohup sleep 86400`. */
  readonly name: string;
  readonly program: Program;
  /** What it is given on its command line; {dir} stands for the directory of the recording. */
  readonly arguments: readonly string[];
  /** Start states it concerns. */
  readonly starts: readonly StartName[];
  /** What the program declares of itself. */
  readonly declares: Partial<Policy>;
  /** It is given the path of a pidfile, which is declared as well. */
  readonly pidfile: boolean;
  /** It is expected to stay in the foreground, so it is looked at without waiting for its return. */
  readonly foreground: boolean;
  /** On a quiet machine. Short for what never returns or never rests: nothing else decides. */
  readonly deadlineMs: number;
  /** What it shows lasts for some 100 ms, so no other program may keep the harness from looking. */
  readonly timed: boolean;
  /** It is sent SIGUSR1 as soon as it has settled as it should and is watched. */
  readonly toldWhenWatched: boolean;
  /** Only root can run it. */
  readonly needsRoot: boolean;
  /** Name of the recipe a defect repeats but for one step; null for what repeats none. */
  readonly repeats: string | null;
  /** Requirements of which it shows the failure, each with what is said to fail with it and nothing else. */
  readonly shows: readonly RequirementId[];
  readonly fails: Failures;
  /** Requirements that cannot be judged for it. */
  readonly inconclusive: readonly RequirementId[];
  readonly either: readonly UncertainFailure[];
}

/** Profiles that ask a program to leave the foreground. */
export const detaching = ['sysv', 'daemon3-bsd', 'daemon3-glibc', 'apue', 'pep3143', 'classic'] as const;
export const daemon3 = ['daemon3-bsd', 'daemon3-glibc'] as const;
/** Profiles that ask for umask(0). */
export const withMaskZero = ['sysv', 'pep3143', 'classic'] as const;
/** Profiles that do not let the daemon lead its session. */
export const withSecondFork = ['sysv', 'apue', 'pep3143', 'classic'] as const;

/** The start states of the sysv profile. */
export const usual = ['clean', 'hostile', 'captured', 'closed', 'detached'] as const;

/** The failures of another program and more. */
export function and(failures: Failures, additions: Additions): Failures {
  const added = Object.entries(additions) as [RequirementId, readonly ProfileName[]][];
  const of = (profile: ProfileName): readonly RequirementId[] => [
    ...failures[profile],
    ...added.filter(([, profiles]) => profiles.includes(profile)).map(([id]) => id),
  ];
  return mapProfiles(of);
}

/** The failures of another program but for those that this one does not show. */
export function withoutIds(failures: Failures, ...ids: readonly RequirementId[]): Failures {
  return mapProfiles((profile) => failures[profile].filter((id) => !ids.includes(id)));
}

function mapProfiles(of: (profile: ProfileName) => readonly RequirementId[]): Failures {
  return {
    sysv: of('sysv'),
    'daemon3-bsd': of('daemon3-bsd'),
    'daemon3-glibc': of('daemon3-glibc'),
    apue: of('apue'),
    pep3143: of('pep3143'),
    classic: of('classic'),
    supervised: of('supervised'),
  };
}

export const noFailures: Failures = mapProfiles(() => []);

type ExpectationFields = Pick<Expectation, 'fails'> & Partial<Omit<Expectation, 'program' | 'fails'>>;

const plain = {
  arguments: [],
  starts: usual,
  declares: {},
  pidfile: false,
  foreground: false,
  deadlineMs: 20_000,
  timed: false,
  toldWhenWatched: false,
  needsRoot: false,
  repeats: null,
  shows: [],
  inconclusive: [],
  either: [],
} as const;

export function fixture(path: string, written: ExpectationFields): Expectation {
  return { ...plain, name: path, ...written, program: { kind: 'fixture', path } };
}

/** A fixture that Node executes, so that it has what only exec hands on. */
export function executedFixture(path: string, written: ExpectationFields): Expectation {
  return { ...plain, name: `node ${path}`, ...written, program: { kind: 'executed', path } };
}

export function command(argv: readonly [string, ...string[]], written: ExpectationFields): Expectation {
  return { ...plain, name: argv.join(' '), ...written, program: { kind: 'command', argv } };
}
