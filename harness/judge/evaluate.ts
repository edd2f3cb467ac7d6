/**
 * One requirement against runs: what it finds under each start state. Pure: everything is in the arguments.
 *
 * Longer than 250 lines: one function for each kind of requirement, and what they have in common.
 */

import type { HeldProcesses } from '../facts/held-start.ts';
import type { FactName } from '../facts/process.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import type { StartName } from '../facts/start-state.ts';
import { evaluateProbe } from './evaluate-probe.ts';
import {
  contextOf,
  evaluateProcess,
  type Finding,
  isAlive,
  judged,
  onTheWhole,
  read,
  type Setting,
  type StartFinding,
  together,
  wasRead,
  worst,
} from './evaluate-process.ts';
import type { Policy, Profile } from './profile.ts';
import {
  type DifferentialRequirement,
  inapplicable,
  inconclusive,
  type Judgement,
  type MomentRequirement,
  type NeededFacts,
  type ProcessRequirement,
  type Requirement,
  type RunRequirement,
} from './requirement.ts';
import { daemonOf, seenBy, whyNoDaemon } from './seen-by.ts';

const plainStarts: readonly StartName[] = ['clean', 'supervised', 'captured'];

/**
 * The baseline run, after the plainest start that was asked for, as the profile looks at it; null without one. One whose
 * launch was lost shows nothing, and the next plainest is in its place.
 */
export function baselineRun(runs: readonly Run[], profile: Pick<Profile, 'foreground'>): Run | null {
  for (const start of plainStarts) {
    const run = runs.find((each) => each.start === start && each.lost === undefined);
    if (run !== undefined) return seenBy(profile, run);
  }
  return null;
}

function evaluateRun(requirement: RunRequirement, run: Run, runs: readonly Run[], setting: Setting): Finding {
  const { profile, policy } = setting;
  const beside = { plain: baselineRun(runs, profile), foreground: profile.foreground };
  return onTheWhole(requirement.check(run, policy, beside));
}

function evaluateDifference(
  requirement: DifferentialRequirement,
  hostile: Run,
  clean: Run,
  setting: Setting,
): Finding {
  for (const run of [hostile, clean]) {
    const absent = whyNoDaemon(run, setting.profile);
    if (absent !== null) return onTheWhole(inapplicable(`after the ${run.start} start, ${absent}`));
  }
  const context = contextOf(hostile, setting);
  const besides = judged(requirement.of, clean).filter(isAlive);
  return together(
    judged(requirement.of, hostile)
      .filter(isAlive)
      .map((process) => {
        const facts = read(process, requirement.needs);
        if (!wasRead(facts)) return { judgement: facts, process };
        const alike = besides.filter(({ role }) => role === process.role);
        const compared: NeededFacts<FactName>[] = [];
        for (const each of alike.length === 0 ? besides : alike) {
          const besideIt = read(each, requirement.needs);
          if (!wasRead(besideIt)) return { judgement: besideIt, process: each };
          compared.push(besideIt);
        }
        return { judgement: requirement.check(facts, compared, context), process };
      }),
  );
}

/** At another moment the settled daemon may not have looked like one, or another process may have. */
function rolesAsSettled(processes: readonly ObservedProcess[], run: Run): readonly ObservedProcess[] {
  const daemon = daemonOf(run);
  return processes.map((each) => {
    if (each.pid === daemon?.pid) return { ...each, role: 'daemon' };
    return each.role === 'daemon' ? { ...each, role: 'survivor' } : each;
  });
}

/**
 * Ids of the must-requirements on processes that fail for these processes of the run: those of another moment, or
 * the settled ones.
 */
export function failingMusts(
  run: Run,
  processes: readonly ObservedProcess[],
  requirements: readonly Requirement[],
  setting: Setting,
): readonly string[] {
  const moment = seenBy(setting.profile, { ...run, processes: rolesAsSettled(processes, run) });
  return requirements
    .filter(
      (each): each is ProcessRequirement =>
        each.kind === 'process' &&
        each.levels[setting.profile.name] === 'must' &&
        isJudgedUnder(each, run.start),
    )
    .filter((each) => evaluateProcess(each, moment, setting).judgement.outcome === 'fail')
    .map(({ id }) => id);
}

/** What the probe found that decides it; null where none was run, or it found nothing. */
function foundFor(requirement: Requirement, { probes }: Setting): HeldProcesses | null {
  const name = requirement.kind === 'moment' ? requirement.decidedBy : undefined;
  const found = name === undefined ? undefined : probes?.[name];
  return found?.kind === 'held-processes' ? found : null;
}

/** Whether a start that was held decides it: then it is judged once, as what a probe found is. */
export function isDecided(requirement: Requirement, setting: Setting): boolean {
  return foundFor(requirement, setting)?.sampledBecause === null;
}

/** The run with the processes of a start that was held in place of its own. */
function asHeld(run: Run, { atReturn, settled, daemon, launch }: HeldProcesses): Run {
  return { ...run, launch: { ...run.launch, ...launch }, processes: settled, daemon, atReturn };
}

function evaluateMoment(
  requirement: MomentRequirement,
  fallen: Run,
  runs: readonly Run[],
  requirements: readonly Requirement[],
  setting: Setting,
): Finding {
  const absent = whyNoDaemon(fallen, setting.profile);
  if (absent !== null) return onTheWhole(inapplicable(absent));
  const judgementOf = (run: Run): Judgement => {
    const processes = requirement.moment === 'at-return' ? run.atReturn : run.later;
    const settled = failingMusts(run, run.processes, requirements, setting);
    const failing = failingMusts(run, processes ?? [], requirements, setting);
    return requirement.check(
      failing.filter((id) => !settled.includes(id)),
      run,
    );
  };
  const found = foundFor(requirement, setting);
  if (found === null) return onTheWhole(judgementOf(fallen));
  const seen = onesToJudge(fallen, baselineRun(runs, setting.profile), found).map((run) =>
    onTheWhole(judgementOf(run)),
  );
  const { judgement } = worst(seen) ?? onTheWhole(judgementOf(fallen));
  if (judgement.outcome !== 'fail') return onTheWhole(judgement);
  return onTheWhole({ ...judgement, evidence: [...(judgement.evidence ?? []), ...found.evidence] });
}

/** The start that was held decides; one in which nobody could be held is one more sample beside the run. */
function onesToJudge(fallen: Run, plain: Run | null, found: HeldProcesses): readonly Run[] {
  if (found.sampledBecause === null) return [asHeld(fallen, found)];
  const isSample = found.held.length === 0 && fallen.start === plain?.start;
  return isSample ? [fallen, asHeld(fallen, found)] : [fallen];
}

/** The run that the judgement under this one rests on, if its launch was lost: then nothing is known. */
function lostFor(requirement: Requirement, run: Run, runs: readonly Run[], setting: Setting): Run | null {
  if (requirement.kind === 'probe') {
    const isPlain = ({ start, lost }: Run): boolean => lost !== undefined && plainStarts.includes(start);
    return baselineRun(runs, setting.profile) === null ? (runs.find(isPlain) ?? null) : null;
  }
  const rests =
    requirement.kind === 'difference' ? [run, ...runs.filter((each) => each.start === 'clean')] : [run];
  return rests.find(({ lost }) => lost !== undefined) ?? null;
}

function unknown({ start, lost }: Run): Finding {
  return onTheWhole(
    inconclusive(`the ${start} start was lost: ${lost}`, 'check again: the program had no part in it'),
  );
}

export function isJudgedUnder(requirement: Requirement, start: StartName): boolean {
  return requirement.kind === 'difference'
    ? start === 'hostile'
    : requirement.starts === undefined || requirement.starts.includes(start);
}

/** A pass under a start state that was not what it says would mean nothing. */
function resting(finding: Finding, requirement: Requirement, run: Run): Finding {
  if (finding.judgement.outcome !== 'pass') return finding;
  for (const dimension of requirement.restsOn ?? []) {
    const seen = run.established[dimension];
    // Another start may not set this dimension at all; the hostile one sets every one that is rested on.
    if (seen === undefined && run.start !== 'hostile') continue;
    if (seen?.established === true) continue;
    const because = seen === undefined ? 'no canary showed it' : seen.because;
    return onTheWhole(
      inconclusive(
        `the ${run.start} start did not establish ${dimension}: ${because}`,
        'daemon-conformance doctor says what this machine can launch',
      ),
    );
  }
  return finding;
}

function evaluateUnder(
  requirement: Requirement,
  run: Run,
  runs: readonly Run[],
  requirements: readonly Requirement[],
  setting: Setting,
): Finding {
  switch (requirement.kind) {
    case 'process':
      return evaluateProcess(requirement, run, setting);
    case 'run':
      return evaluateRun(requirement, run, runs, setting);
    case 'moment':
      return evaluateMoment(requirement, run, runs, requirements, setting);
    case 'probe':
      return onTheWhole(evaluateProbe(requirement, baselineRun(runs, setting.profile), setting));
    case 'difference': {
      const clean = runs.find(({ start }) => start === 'clean');
      return clean === undefined
        ? onTheWhole(
            inapplicable('it compares the hostile start with the clean one: --start clean,hostile shows it'),
          )
        : evaluateDifference(requirement, run, seenBy(setting.profile, clean), setting);
    }
  }
}

/** Whether it can be judged of a process that was found running: by what that process is, not by how it came to be. */
export function canBeInspected(requirement: Requirement): boolean {
  switch (requirement.kind) {
    case 'process':
    case 'run':
      return requirement.ofLaunch !== true && isJudgedUnder(requirement, 'clean');
    case 'difference':
    case 'moment':
    case 'probe':
      return false;
  }
}

/** A probe has launches of its own: it is judged once, whatever the others were. */
function runsFor(requirement: Requirement, runs: readonly Run[], setting: Setting): readonly Run[] {
  if (requirement.kind === 'probe') return runs.slice(0, 1);
  if (!isDecided(requirement, setting)) return runs;
  const plain = baselineRun(runs, setting.profile);
  return runs.filter(({ start }) => start === plain?.start).slice(0, 1);
}

/** What the requirement finds in every run it is judged under, in the order of the runs. */
export function evaluate(
  requirement: Requirement,
  runs: readonly Run[],
  requirements: readonly Requirement[],
  setting: Setting,
): readonly StartFinding[] {
  if (setting.inspected && !canBeInspected(requirement)) {
    const unseen = onTheWhole(inapplicable('the process was found running: only a launch shows it'));
    return runs.map((run) => ({ ...unseen, start: run.start, run }));
  }
  const judgedRuns = runsFor(requirement, runs, setting);
  return judgedRuns
    .filter(({ start }) => isJudgedUnder(requirement, start))
    .map((launched) => {
      // Nothing is known of the starter of a process that was found running.
      const run = setting.inspected ? launched : seenBy(setting.profile, launched);
      const lost = lostFor(requirement, launched, runs, setting);
      if (lost !== null) return { ...unknown(lost), start: run.start, run };
      const found = evaluateUnder(requirement, run, runs, requirements, setting);
      return { ...resting(found, requirement, run), start: run.start, run };
    });
}

/**
 * No must-requirement on a process or on the launch fails, so far: cheap enough for every snapshot. With the run
 * after the clean start beside it, what was inherited from a hostile one is looked at too.
 */
export function holds(
  run: Run,
  requirements: readonly Requirement[],
  profile: Profile,
  policy: Policy,
  clean: Run | null = null,
): boolean {
  const setting: Setting = { profile, policy, inspected: false };
  const seen = seenBy(profile, run);
  const runs = clean === null ? [run] : [run, clean];
  return requirements.every(
    (each) =>
      each.levels[profile.name] !== 'must' ||
      each.kind === 'moment' ||
      each.kind === 'probe' ||
      !isJudgedUnder(each, run.start) ||
      evaluateUnder(each, seen, runs, requirements, setting).judgement.outcome !== 'fail',
  );
}
