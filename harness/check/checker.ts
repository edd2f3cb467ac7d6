/** The pipeline: launch under every start state, follow, probe, trace, judge. What it returns is the report. */

import type { Probes } from '../facts/finding.ts';
import type { StartName } from '../facts/start-state.ts';
import type { Catalogue } from '../judge/catalogue.ts';
import { type Canaries, openCanaries } from '../launch/canary.ts';
import { type Launcher, startLauncher } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import type { Report } from '../report/report.ts';
import { followProgram } from './follow-program.ts';
import { withHeldSpans } from './held-timeline.ts';
import { startThatNeedsMore, withIsolation } from './isolation.ts';
import type { Launching } from './launch-program.ts';
import { makeReady, probeBehaviour } from './probe-behaviour.ts';
import { type CheckRequest, type ResolvedRequest, resolveRequest } from './request.ts';
import { cameThrough, examineSigchld, type LaunchSeries, launchSideBySide } from './side-by-side.ts';
import { openStandingLaunches, type StandingLaunches } from './standing-launches.ts';
import { traceSteps } from './trace-steps.ts';
import { beginning, writeReport } from './write-report.ts';

/** From these starts probes try a settled daemon as it is: the others want something else of their launches. */
const triedAgain: ReadonlySet<StartName> = new Set<StartName>(['hostile', 'captured']);

/** A launcher with the canaries it has already read: several checks can share one. */
export interface Checker {
  readonly launcher: Launcher;
  /** @param onLaunched told when nothing more is launched, before anything is judged */
  check(request: CheckRequest, onLaunched?: () => void): Promise<Report>;
  /** Ends everything that was launched. */
  close(): Promise<void>;
}

/** From every start that is asked for; a hostile one that fails alone once more, to know why. */
async function launchFromEveryStart(
  launching: Launching,
  request: ResolvedRequest,
  standing: StandingLaunches,
): Promise<LaunchSeries> {
  const { foreground } = request.profile;
  const isolated = request.isolation !== 'none';
  const kept = isolated && !request.keep && request.probing !== null ? standing : null;
  const stop = makeReady(launching, request);
  const { runs, exclusive } = await launchSideBySide(
    request.starts,
    (name) => followProgram(launching, request, startStates[name], triedAgain.has(name) ? kept : null),
    {
      foreground,
      alone: request.policy.pidfile !== null && !isolated,
      isolated,
      // One that is kept would be in the way of the second.
      namesOne: () => !request.keep && request.leftOvers.namesOne,
    },
  ).finally(stop);
  const examined = await examineSigchld(runs, foreground, (start) =>
    followProgram(launching, request, start, kept),
  );
  return { runs: examined, exclusive };
}

/** With the request without isolation where the program does not come through in a world of its own, but does outside. */
async function launchApart(
  launching: Launching,
  request: ResolvedRequest,
  standing: StandingLaunches,
): Promise<{ readonly launched: LaunchSeries; readonly request: ResolvedRequest }> {
  const launched = await launchFromEveryStart(launching, request, standing);
  const start = startThatNeedsMore(request, launched.runs);
  if (start === null) return { launched, request };
  const outside = { ...request, isolation: 'none' } as const;
  const again = await followProgram(launching, outside, startStates[start]);
  if (!cameThrough(again, request.profile.foreground)) return { launched, request };
  request.onFallback(
    `after the ${start} start the program does not come through in a world of its own, but does outside: it is launched there (--isolation none)`,
  );
  await standing.end();
  return { launched: await launchFromEveryStart(launching, outside, standing), request: outside };
}

async function launchAndProbe(
  launching: Launching,
  resolved: ResolvedRequest,
): Promise<{
  readonly launched: LaunchSeries;
  readonly probes: Probes;
  readonly request: ResolvedRequest;
}> {
  const standing = openStandingLaunches();
  try {
    const { launched, request } = await launchApart(launching, resolved, standing);
    const probes = await probeBehaviour(launching, request, launched, standing);
    await standing.end();
    return { launched: { ...launched, runs: launched.runs.map(standing.withLeftBehind) }, probes, request };
  } finally {
    await standing.end();
  }
}

/** What no launch shows by itself: which step is missing, where the steps were traced. */
async function nameMissingSteps(made: Report, { trace }: ResolvedRequest): Promise<Report> {
  if (!trace) return made;
  const { nameSteps } = await import('../trace/name-steps.ts');
  return { ...made, results: nameSteps(made.results, made.runs) };
}

/** Opens a checker. Its launcher starts at once, while the rest of the program is still loading. */
export function openChecker(
  catalogue: Catalogue,
  launcher: Launcher = startLauncher(),
  canaries: Canaries = openCanaries(launcher),
): Checker {
  const launching = { launcher, canaries };
  return {
    launcher,
    async check(given, onLaunched = () => {}) {
      const began = beginning();
      const resolved = await withIsolation(launching, resolveRequest(given, catalogue));
      const { launched, probes, request } = await launchAndProbe(launching, resolved);
      const traced = await traceSteps(launching, request, launched);
      const runs = withHeldSpans(traced, probes, request.profile);
      const program = { argv: request.argv, path: request.path, pid: null };
      const leftOver = request.leftOvers.told;
      const libc = await launcher.libc;
      onLaunched();
      const evidence = {
        program,
        runs,
        probes,
        leftOver,
        inspected: false,
        libc,
        began,
      };
      return nameMissingSteps(writeReport(request, evidence), request);
    },
    close: async () => void (await launcher.close()),
  };
}

/** Checks one program: opens a checker, and closes it whatever happens. */
export async function check(
  catalogue: Catalogue,
  request: CheckRequest,
  launcher?: Launcher,
  canaries?: Canaries,
): Promise<Report> {
  const checker = openChecker(catalogue, launcher, canaries);
  try {
    // The launcher ends while the report is made, and while its texts are.
    const report = await checker.check(request, () => void checker.close());
    request.onReport?.(report);
    return report;
  } finally {
    await checker.close();
  }
}
