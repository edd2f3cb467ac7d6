/** What is asked of a check: of a program that is launched, or of a process that already runs. Defaults stand here. */

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
import { ownSignal } from './own-signal.ts';

/** What the program declares of itself, merged over the policy of the profile. */
export type PolicyOverrides = Partial<Policy>;

/** What the check is doing under one start state; states run side by side. */
export interface Progress {
  readonly start: StartName;
  readonly phase: 'launching' | 'waiting' | 'settling' | 'ending' | 'done';
  readonly elapsedMs: number;
  /** Processes of the program that are there now. */
  readonly processes: number;
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
  /** Whose words the fix list uses; absent or null: as the program tells. */
  readonly language?: Language | null;
}

export interface ProbeOptions {
  /** Leave out the probes that launch many times. */
  readonly quick: boolean;
  /** How often those launch; null leaves it to them. */
  readonly repeat: number | null;
  /** No others than these; absent: all that the requirements need. */
  readonly only?: readonly ProbeName[];
}

export interface CheckRequest extends JudgementRequest {
  /** As the user gave it; `argv[0]` is the word, `path` the file that was found for it. */
  readonly argv: readonly string[];
  readonly path: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What is executed in place of `path`: a fixture's steps, run in the forked process. */
  readonly image?: Image;
  /** null or absent: those of the profile. */
  readonly starts?: readonly StartName[] | null;
  readonly timeoutMs?: number;
  /** How long, without isolation, an ended launch that shows it is ending is waited for before SIGKILL; 2000 if absent. */
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
  /** Whether each launch has a world of its own. */
  readonly isolation?: Isolation;
  /** Told in one line why the launches are not isolated, although they could have been. */
  readonly onFallback?: (why: string) => void;
  /** Aborting ends everything launched; the check then rejects. */
  readonly signal?: AbortSignal;
}

export interface InspectRequest extends JudgementRequest {
  readonly pid: number;
}

/** Whoever asks for nothing asks for this. */
export const defaults = {
  profile: 'sysv',
  /** What a daemon that starts slowly, a database for instance, needs to settle. */
  timeoutMs: 10_000,
  stopTimeoutMs,
  /** Whoever calls this from a program of its own may look at what was left in files; the command line has `auto`. */
  isolation: 'none',
} as const satisfies Partial<CheckRequest>;

/** By whose word it is judged, with which declared values, and what of the catalogue. */
export interface ResolvedProfile {
  readonly catalogue: Catalogue;
  readonly profile: Profile;
  /** The policy of the profile with what the program declares of itself merged over it. */
  readonly policy: Policy;
  readonly overrides: PolicyOverrides;
  readonly chosen: readonly Requirement[];
  readonly failOn: FailOn;
  /** What decides the verdict. */
  readonly counting: Counting;
  readonly expectedFailures: Readonly<Record<string, string>>;
  readonly language: Language | null;
}

/** A request in which nothing is left open. */
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
  /** Filled by its launches. */
  readonly leftOvers: LeftOvers;
}

/** Where nothing fails the run, the verdict is still told: as it is by the musts. */
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

/** How long the program has to settle, milliseconds: no longer than the whole check has. */
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
