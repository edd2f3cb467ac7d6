/**
 * What a check is asked: to judge a program that it launches, or a process that already runs. The one place of
 * defaults.
 */

import type { ProbeName } from '../facts/finding.ts';
import type { StartName } from '../facts/start-state.ts';
import type { Catalogue } from '../judge/catalogue.ts';
import type { Counting } from '../judge/judge.ts';
import type { FailOn, Policy, Profile, ProfileName } from '../judge/profile.ts';
import type { Language } from '../judge/repair.ts';
import type { Requirement } from '../judge/requirement.ts';
import { nowMs } from '../launch/launcher-client.ts';
import { LeftOvers } from '../launch/left-overs.ts';
import { type Image, type Isolation, stopTimeoutMs } from '../launch/protocol.ts';
import type { ProbingProgress } from '../probe/run-probes.ts';
import type { Report } from '../report/report.ts';
import { ownSignal } from './own-signal.ts';

/** What the program declares of itself, merged over the policy of the profile. */
export type PolicyOverrides = Partial<Policy>;

/** What the check is doing under one start state; states run side by side. */
export interface Progress {
  readonly start: StartName;
  readonly phase: 'launching' | 'waiting' | 'settling' | 'watching' | 'ending' | 'done';
  readonly elapsedMs: number;
  /** Processes of the program that are there now. */
  readonly processes: number;
  /** Process ID of the daemon as it was last seen, from outside of any world of its own; null while there is none. */
  readonly daemon: number | null;
}

/** Which requirements are judged, against what, and which of them count. */
interface JudgementRequest {
  /** `sysv` if absent. */
  readonly profile?: ProfileName;
  readonly overrides?: PolicyOverrides;
  /** Ids of the requirements to judge, which then count at whatever level; null or absent for all. */
  readonly only?: readonly string[] | null;
  readonly skip?: readonly string[];
  /** Down to which level a failed requirement counts; `must` if absent. */
  readonly failOn?: FailOn;
  /** The same as `failOn: 'should'`. */
  readonly strict?: boolean;
  /** Ids of requirements known to fail, with the reason. */
  readonly expectedFailures?: Readonly<Record<string, string>>;
  /** The programming language of the fix list; absent or null: the one that the program seems to be written in. */
  readonly language?: Language | null;
}

export interface ProbeOptions {
  /** Leave out the probes that launch many times. */
  readonly quick: boolean;
  /** How often those probes launch the program; null: as often as each of them needs. */
  readonly repeat: number | null;
  /** The only probes to run; absent: all that the requirements need. */
  readonly only?: readonly ProbeName[];
}

export interface CheckRequest extends JudgementRequest {
  /** The command as the user gave it; `path` is the file that was found for its first word, `argv[0]`. */
  readonly argv: readonly string[];
  readonly path: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What is run in place of `path`: the steps of a fixture, in the forked process. */
  readonly image?: Image;
  /** The starts to launch it from; null or absent: those of the profile. */
  readonly starts?: readonly StartName[] | null;
  readonly timeoutMs?: number;
  /**
   * How long processes that show that they are ending may take to do so before SIGKILL, without isolation.
   * Milliseconds; 2000 if absent.
   */
  readonly stopTimeoutMs?: number;
  /** Milliseconds for the whole check: what is not probed by then is inconclusive. Absent: as long as it takes. */
  readonly deadlineMs?: number;
  /** How behaviour is probed; absent: it is not. */
  readonly probing?: ProbeOptions;
  /** Trace the daemon steps too, in launches that are not judged. */
  readonly trace?: boolean;
  /** Leave what the program became running. */
  readonly keep?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly onProbing?: (progress: ProbingProgress) => void;
  /** Told of the report as soon as it is made: what was launched may still be ending then, and the check is not over. */
  readonly onReport?: (report: Report) => void;
  /** Whether each launch has a world of its own. */
  readonly isolation?: Isolation;
  /** Called with one line that says why the launches are not isolated, although they were to be if possible. */
  readonly onFallback?: (why: string) => void;
  /** Aborting ends everything launched; the check then rejects. */
  readonly signal?: AbortSignal;
}

export interface InspectRequest extends JudgementRequest {
  readonly pid: number;
}

/** What applies where a request says nothing. */
export const defaults = {
  profile: 'sysv',
  /** What a daemon that starts slowly, a database for instance, needs to settle. */
  timeoutMs: 10_000,
  stopTimeoutMs,
  /**
   * A program that calls this may want to look at the files that were written, which are gone with a world. The command
   * line asks for `auto`.
   */
  isolation: 'none',
} as const satisfies Partial<CheckRequest>;

/** The profile by which a program is judged, what the program declares, and the requirements that are chosen. */
export interface ResolvedProfile {
  readonly catalogue: Catalogue;
  readonly profile: Profile;
  /** The policy of the profile with what the program declares of itself merged over it. */
  readonly policy: Policy;
  readonly overrides: PolicyOverrides;
  readonly chosen: readonly Requirement[];
  readonly failOn: FailOn;
  /** Which requirements decide the verdict. */
  readonly counting: Counting;
  readonly expectedFailures: Readonly<Record<string, string>>;
  readonly language: Language | null;
}

/** A request with every default filled in. */
export interface ResolvedRequest extends ResolvedProfile {
  readonly argv: readonly string[];
  readonly path: string;
  readonly image: Image;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly starts: readonly StartName[];
  readonly timeoutMs: number;
  readonly stopTimeoutMs: number;
  /** When the whole check is to be over, CLOCK_MONOTONIC in milliseconds; Infinity without a deadline. */
  readonly overAtMs: number;
  readonly probing: ProbeOptions | null;
  readonly trace: boolean;
  readonly keep: boolean;
  readonly isolation: Isolation;
  readonly onProgress: (progress: Progress) => void;
  readonly onProbing: (progress: ProbingProgress) => void;
  readonly onFallback: (why: string) => void;
  readonly signal: AbortSignal | undefined;
  /** What the launches of this check have left over. Each launch adds to it. */
  readonly leftOvers: LeftOvers;
}

/** With `never` no failure changes the exit status, but there still is a verdict: the one by the musts. */
function countingOf(failOn: FailOn): Counting {
  return failOn === 'never' ? 'must' : failOn;
}

export function resolveProfile(request: JudgementRequest, catalogue: Catalogue): ResolvedProfile {
  const { overrides = {}, only = null, skip = [], expectedFailures = {}, language = null } = request;
  const failOn = request.failOn ?? (request.strict === true ? 'should' : 'must');
  const profile = catalogue.profiles[request.profile ?? defaults.profile];
  const chosen = catalogue.requirements.filter(
    ({ id }) => (only === null || only.includes(id)) && !skip.includes(id),
  );
  const policy = { ...profile.policy, ...overrides };
  const counting = only === null ? countingOf(failOn) : 'named';
  return { catalogue, profile, policy, overrides, chosen, failOn, counting, expectedFailures, language };
}

/** How long the program has to settle, milliseconds: at most what is left of the time for the whole check. */
export function timeToSettle({
  timeoutMs,
  overAtMs,
}: Pick<ResolvedRequest, 'timeoutMs' | 'overAtMs'>): number {
  return Math.max(0, Math.min(timeoutMs, overAtMs - nowMs()));
}

export function resolveRequest(request: CheckRequest, catalogue: Catalogue): ResolvedRequest {
  const resolved = resolveProfile(request, catalogue);
  const { argv, path, cwd, env } = request;
  return {
    ...resolved,
    argv,
    path,
    image: request.image ?? { kind: 'execute', path },
    cwd,
    env,
    starts: request.starts ?? resolved.profile.starts,
    timeoutMs: request.timeoutMs ?? defaults.timeoutMs,
    stopTimeoutMs: request.stopTimeoutMs ?? defaults.stopTimeoutMs,
    overAtMs: nowMs() + (request.deadlineMs ?? Number.POSITIVE_INFINITY),
    probing: request.probing ?? null,
    trace: request.trace ?? false,
    keep: request.keep ?? false,
    isolation: request.isolation ?? defaults.isolation,
    onProgress: request.onProgress ?? (() => undefined),
    onProbing: request.onProbing ?? (() => undefined),
    onFallback: request.onFallback ?? (() => undefined),
    signal: ownSignal(request.signal),
    leftOvers: new LeftOvers(),
  };
}
