/**
 * What a requirement is: who says it, for whom, from which facts, and a pure function that judges those facts.
 * Nothing here, and no requirement, opens a file, reads a clock or touches a process.
 */

import type { Findings, ProbeName } from '../facts/finding.ts';
import type { FactName, ProcessFacts } from '../facts/process.ts';
import type { Area, Level, Source } from '../facts/result.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import type { DimensionName, StartName } from '../facts/start-state.ts';
import type { Policy, ProfileName } from './profile.ts';

/** A process and the facts of it in which a failure shows. */
export interface ShownFacts {
  readonly pid: number;
  readonly facts: readonly FactName[];
}

export type Judgement =
  | { readonly outcome: 'pass' }
  | {
      readonly outcome: 'fail';
      readonly expected: string;
      readonly actual: string;
      /** Lines a person can check by hand, beside those the evaluator adds for the needed facts. */
      readonly evidence?: readonly string[];
      /** Processes of the run that show it, where the launch as a whole is judged. */
      readonly shownBy?: readonly ShownFacts[];
    }
  | { readonly outcome: 'inconclusive'; readonly because: string; readonly wouldHelp?: string }
  | { readonly outcome: 'inapplicable'; readonly because: string };

export const pass: Judgement = { outcome: 'pass' };

export function fail(found: {
  readonly expected: string;
  readonly actual: string;
  readonly evidence?: readonly string[];
  readonly shownBy?: readonly ShownFacts[];
}): Judgement {
  return { outcome: 'fail', ...found };
}

export function inconclusive(because: string, wouldHelp?: string): Judgement {
  return wouldHelp === undefined
    ? { outcome: 'inconclusive', because }
    : { outcome: 'inconclusive', because, wouldHelp };
}

export function inapplicable(because: string): Judgement {
  return { outcome: 'inapplicable', because };
}

/** A fact that has been read: the evaluator answers `inconclusive` before `check` sees an unreadable one. */
export type ReadFact<T> = Exclude<T, { readonly unreadable: string }>;

/** The facts a check receives: the pid, the role and what it named in `needs`. */
export type NeededFacts<N extends FactName> = { readonly [K in N]: ReadFact<ProcessFacts[K]> } & {
  readonly pid: number;
  readonly role: ObservedProcess['role'];
};

/** What a check may compare the facts with. */
export interface Context {
  readonly policy: Policy;
  readonly run: Run;
  /** The program is to stay in the foreground, so it keeps the terminal and the streams it was given. */
  readonly foreground: boolean;
  /** The process was found running: nothing is known of its launch. */
  readonly inspected: boolean;
}

/** What a requirement on a launch may compare it with. */
export interface RunComparison {
  /** The baseline run, after the plainest start that was asked for (clean, supervised or captured); null without one. */
  readonly plain: Run | null;
  readonly foreground: boolean;
}

/** Another requirement that fails whenever this one does. */
export interface Implication {
  readonly id: string;
  readonly because: string;
}

interface RequirementDescription {
  /** The noun that is examined; the file has the same name. */
  readonly id: string;
  /** The folder it lies in. */
  readonly area: Area;
  readonly title: string;
  readonly failureTitle: string;
  readonly why: string;
  readonly remedy: string;
  readonly sources: readonly Source[];
  /** Profiles that know this requirement; no level where a profile does not ask for it. */
  readonly levels: Readonly<Partial<Record<ProfileName, Level>>>;
  /** Start states it is judged under; every one if absent. */
  readonly starts?: readonly StartName[];
  /** Dimensions of the start state without which a pass would mean nothing; `inconclusive` if not established. */
  readonly restsOn?: readonly DimensionName[];
  /** It compares with the launch, so it cannot be judged for a process that was found running. */
  readonly ofLaunch?: boolean;
  /** Requirements that necessarily fail with this one, so that no program can show this failure alone. */
  readonly failsWith?: readonly Implication[];
}

/** A fact may be read from several lines of a file, of which only some show what this is about. */
interface EvidenceSelection {
  /** Words that mark the lines of evidence to show, `SigIgn`; all of them if absent. */
  readonly shownIn?: readonly string[];
}

/** Judged for the daemon alone, or for every survivor. */
export interface ProcessRequirement<N extends FactName = FactName>
  extends RequirementDescription,
    EvidenceSelection {
  readonly kind: 'process';
  readonly of: 'daemon' | 'every-survivor';
  readonly needs: readonly N[];
  readonly check: (facts: NeededFacts<N>, context: Context) => Judgement;
}

/** Judged for the launch as a whole. */
export interface RunRequirement extends RequirementDescription {
  readonly kind: 'run';
  readonly check: (run: Run, policy: Policy, beside: RunComparison) => Judgement;
}

/** Judged for the processes after a hostile start, beside those of the same role after a clean one. */
export interface DifferentialRequirement<N extends FactName = FactName>
  extends RequirementDescription,
    EvidenceSelection {
  readonly kind: 'difference';
  readonly of: 'daemon' | 'every-survivor';
  readonly needs: readonly N[];
  readonly check: (hostile: NeededFacts<N>, clean: readonly NeededFacts<N>[], context: Context) => Judgement;
}

/** Judged from the ids of the must-requirements that fail at another moment and do not fail at the settled one. */
export interface MomentRequirement extends RequirementDescription {
  readonly kind: 'moment';
  readonly moment: 'at-return' | 'later';
  /** Probe that shows the moment in a start that is held; without what it finds the runs show it as it fell. */
  readonly decidedBy?: 'ready-at-return';
  readonly check: (failing: readonly string[], run: Run) => Judgement;
}

/** Judged from what a probe found; `inconclusive` if it could not be run here, `inapplicable` if it was not. */
export interface ProbeRequirement<P extends ProbeName = ProbeName> extends RequirementDescription {
  readonly kind: 'probe';
  readonly probe: P;
  readonly check: (found: Findings[P], policy: Policy) => Judgement;
}

export type Requirement =
  | ProcessRequirement
  | RunRequirement
  | DifferentialRequirement
  | MomentRequirement
  | ProbeRequirement;

type WithoutKind<R extends { readonly kind: unknown }> = Omit<R, 'kind'>;

/** A requirement on one process: on the daemon, unless `of` says on every survivor. */
export function defineRequirement<const N extends FactName>(
  written: Omit<ProcessRequirement<N>, 'kind' | 'of'> & { readonly of?: ProcessRequirement['of'] },
): Requirement {
  // The evaluator hands `check` exactly the facts named in `needs`, so the narrower type is safe to widen.
  return { of: 'daemon', ...written, kind: 'process' } as unknown as ProcessRequirement;
}

export function defineRunRequirement(written: WithoutKind<RunRequirement>): Requirement {
  return { ...written, kind: 'run' };
}

export function defineDifferentialRequirement<const N extends FactName>(
  written: Omit<DifferentialRequirement<N>, 'kind' | 'of'> & { readonly of?: ProcessRequirement['of'] },
): Requirement {
  return { of: 'every-survivor', ...written, kind: 'difference' } as unknown as DifferentialRequirement;
}

/** A requirement on behaviour. The evaluator hands `check` the finding of the probe it names, and no other. */
export function defineProbeRequirement<const P extends ProbeName>(
  written: Omit<ProbeRequirement<P>, 'kind' | 'starts' | 'restsOn' | 'ofLaunch'>,
): Requirement {
  return { ...written, kind: 'probe' } as unknown as ProbeRequirement;
}

export function defineMomentRequirement(written: WithoutKind<MomentRequirement>): Requirement {
  return { ...written, kind: 'moment' };
}
