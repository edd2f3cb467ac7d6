/** Facts, requirements and a profile make results, and results make a verdict. Pure. */

import type { Probes } from '../facts/finding.ts';
import type { FactName } from '../facts/process.ts';
import type { Level, Outcome, ProfileVerdict, Result, Summary, Verdict } from '../facts/result.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import type { StartName } from '../facts/start-state.ts';
import { evaluate } from './evaluate.ts';
import { type Setting, type StartFinding, worst } from './evaluate-process.ts';
import { levels, type Policy, type Profile, type ProfileName } from './profile.ts';
import type { Judgement, Requirement } from './requirement.ts';

export { failingMusts, holds } from './evaluate.ts';

/** Lines a person can check by hand for one fact of a process. */
export type EvidenceOf = (process: ObservedProcess, fact: FactName) => readonly string[];

/** Down to which level a requirement counts; `named`: whatever was asked for by name counts, at every level. */
export type Counting = Level | 'named';

interface JudgeInput {
  /** In the order in which they were launched; the same start may come more than once. */
  readonly runs: readonly Run[];
  readonly requirements: readonly Requirement[];
  /** All there are, also those that are not to be judged: what held at one moment and not at another they say. */
  readonly catalogue?: readonly Requirement[];
  readonly counting: Counting;
  /** The one run is that of a process found running: what only a launch shows is inapplicable. */
  readonly inspected?: boolean;
  /** What the probes found; absent where none was run. */
  readonly probes?: Probes;
}

export interface ProfiledJudgeInput extends JudgeInput {
  readonly profile: Profile;
  /** The policy of the profile with what the program declares of itself merged over it. */
  readonly policy: Policy;
  readonly evidenceOf: EvidenceOf;
}

export interface JudgeResult {
  /** One for every requirement, in the same order. */
  readonly results: readonly Result[];
  readonly summary: Summary;
  readonly verdict: Verdict;
}

/** Why no run shows it, naming the start state that would. */
function whyNotLaunched(requirement: Requirement): string {
  if (requirement.kind === 'difference') {
    return 'it compares the hostile start with the clean one: --start clean,hostile shows it';
  }
  return `no start it is judged under was asked for: --start ${(requirement.starts ?? ['clean']).join(' or ')} shows it`;
}

function evidence(found: StartFinding, requirement: Requirement, evidenceOf: EvidenceOf): readonly string[] {
  const { judgement, process, run } = found;
  if (judgement.outcome !== 'fail') return [];
  const needs = 'needs' in requirement ? requirement.needs : [];
  const words = 'shownIn' in requirement ? (requirement.shownIn ?? ['']) : [''];
  const ofProcess = (process === null ? [] : needs.flatMap((fact) => evidenceOf(process, fact))).filter(
    (line) => words.some((word) => line.includes(word)),
  );
  const ofOthers = (judgement.shownBy ?? []).flatMap(({ pid, facts }) => {
    const shown = run.processes.find((each) => each.pid === pid);
    return shown === undefined ? [] : facts.flatMap((fact) => evidenceOf(shown, fact));
  });
  return [...ofProcess, ...ofOthers, ...(judgement.evidence ?? [])];
}

/** The start that decided; null if every run gave the same outcome. */
function deciding(
  found: StartFinding,
  findings: readonly StartFinding[],
  runs: readonly Run[],
): StartName | null {
  const everywhere =
    findings.length === runs.length &&
    findings.every(({ judgement }) => judgement.outcome === found.judgement.outcome);
  return everywhere ? null : found.start;
}

function byStart(findings: readonly StartFinding[]): Readonly<Partial<Record<StartName, Outcome>>> {
  const starts: Partial<Record<StartName, Outcome>> = {};
  for (const { start } of findings) {
    const found = worst(findings.filter((each) => each.start === start));
    if (found !== null) starts[start] = found.judgement.outcome;
  }
  return starts;
}

function because(judgement: Judgement): string | null {
  return judgement.outcome === 'inconclusive' || judgement.outcome === 'inapplicable'
    ? judgement.because
    : null;
}

function resultOf(
  requirement: Requirement,
  input: JudgeInput,
  setting: Setting,
  evidenceOf: EvidenceOf,
): Result {
  const { id, area, title, failureTitle, sources, remedy } = requirement;
  const level = requirement.levels[setting.profile.name] ?? null;
  const blank: Result = {
    id,
    area,
    title,
    level,
    outcome: 'inapplicable',
    counts: decides(level, input.counting),
    expectedFailure: null,
    start: null,
    starts: {},
    pid: null,
    expected: null,
    actual: null,
    because: null,
    wouldHelp: null,
    evidence: [],
    sources,
    remedy,
  };
  if (level === null) return { ...blank, because: `the ${setting.profile.name} profile does not ask for it` };
  const findings = evaluate(requirement, input.runs, input.catalogue ?? input.requirements, setting);
  const found = worst(findings);
  if (found === null) return { ...blank, because: whyNotLaunched(requirement) };
  const { judgement } = found;
  const failed = judgement.outcome === 'fail';
  return {
    ...blank,
    title: failed ? failureTitle : title,
    outcome: judgement.outcome,
    start: requirement.kind === 'probe' ? null : deciding(found, findings, input.runs),
    starts: requirement.kind === 'probe' ? {} : byStart(findings),
    pid: found.process?.pid ?? null,
    expected: failed ? judgement.expected : null,
    actual: failed ? judgement.actual : null,
    because: because(judgement),
    wouldHelp: judgement.outcome === 'inconclusive' ? (judgement.wouldHelp ?? null) : null,
    evidence: evidence(found, requirement, evidenceOf),
  };
}

function summarize(results: readonly Result[]): Summary {
  const count = (outcome: Outcome): number => results.filter((each) => each.outcome === outcome).length;
  return {
    pass: count('pass'),
    fail: count('fail'),
    inconclusive: count('inconclusive'),
    inapplicable: count('inapplicable'),
  };
}

/** Whether a requirement of that level decides the verdict; null is one that the profile does not ask for. */
export function decides(level: Level | null, counting: Counting): boolean {
  if (level === null) return false;
  return counting === 'named' || levels.indexOf(level) <= levels.indexOf(counting);
}

/** Expected failures are taken out by whoever knows them, before this is asked. */
export function verdictOf(
  results: readonly Pick<Result, 'level' | 'outcome'>[],
  counting: Counting,
): Verdict {
  const outcomes = results.filter(({ level }) => decides(level, counting)).map(({ outcome }) => outcome);
  if (outcomes.includes('fail')) return 'does-not-conform';
  if (outcomes.includes('inconclusive')) return 'not-judged';
  return outcomes.includes('pass') ? 'conforms' : 'not-applicable';
}

export function judge({ profile, policy, evidenceOf, ...input }: ProfiledJudgeInput): JudgeResult {
  const setting: Setting = {
    profile,
    policy,
    inspected: input.inspected === true,
    probes: input.probes ?? {},
  };
  const results = input.requirements.map((each) => resultOf(each, input, setting, evidenceOf));
  return { results, summary: summarize(results), verdict: verdictOf(results, input.counting) };
}

/** The verdict under every profile: its own policy, with what the program declares of itself merged over it. */
export function judgeProfiles({
  profiles,
  declared,
  ...input
}: JudgeInput & {
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
  readonly declared: Partial<Policy>;
}): Readonly<Record<ProfileName, ProfileVerdict>> {
  const { runs, counting, inspected = false, probes = {} } = input;
  const all = input.catalogue ?? input.requirements;
  const verdict = (profile: Profile): ProfileVerdict => {
    const setting: Setting = { profile, policy: { ...profile.policy, ...declared }, inspected, probes };
    // Nothing but the outcomes is told, and of those that decide: with several profiles the rest would be most of the work.
    const outcomes = input.requirements.flatMap((each) => {
      const level = each.levels[profile.name] ?? null;
      if (!decides(level, counting)) return [];
      const outcome = worst(evaluate(each, runs, all, setting))?.judgement.outcome ?? 'inapplicable';
      return [{ id: each.id, level, outcome }];
    });
    const counted = (outcome: Outcome): readonly string[] =>
      outcomes.filter((each) => each.outcome === outcome).map(({ id }) => id);
    return {
      verdict: verdictOf(outcomes, counting),
      failed: counted('fail'),
      inconclusive: counted('inconclusive'),
    };
  };
  return Object.fromEntries(
    Object.values(profiles).map((profile) => [profile.name, verdict(profile)]),
  ) as Record<ProfileName, ProfileVerdict>;
}
