/** The pipeline: launch under every start state, follow, observe, judge. What it returns is the report. */

import { profiles } from '../../suites/profiles/index.ts';
import { requirements } from '../../suites/requirements/index.ts';
import type { Probes } from '../facts/finding.ts';
import { isUnreadable } from '../facts/process.ts';
import type { Run } from '../facts/run.ts';
import type { StartState } from '../facts/start-state.ts';
import { follow } from '../follow/follow.ts';
import { inspectedRun } from '../follow/inspected.ts';
import { baselineRun } from '../judge/evaluate.ts';
import { withExpectedFailures } from '../judge/expected-failures.ts';
import { holds, judge, judgeProfiles } from '../judge/judge.ts';
import type { Policy, Profile } from '../judge/profile.ts';
import type { Requirement } from '../judge/requirement.ts';
import { type Canaries, openCanaries } from '../launch/canary.ts';
import { environmentFor, needsDirectory } from '../launch/environment.ts';
import { type Launcher, startLauncher } from '../launch/launcher-client.ts';
import { environmentMarker, type Image, type LaunchRequest } from '../launch/protocol.ts';
import { hostileButForSigchld, startStates } from '../launch/start-states.ts';
import { withPidfileCleanup } from '../launch/with-pidfile-cleanup.ts';
import { describePlatform, libcOfThisProcess } from '../observe/platform.ts';
import { observer } from '../observe/system.ts';
import { packageVersion } from '../package-root.ts';
import type { Extra, ProbeRequest } from '../probe/probe-context.ts';
import { type Report, schemaVersion } from '../report/report.ts';
import { probesAskedFor } from './probes-asked-for.ts';
import type { CheckRequest, InspectRequest, Progress } from './request.ts';
import { examineSigchld, type Launched, launchSideBySide } from './side-by-side.ts';

/** A launcher with the canaries it has already read: several checks can share one. */
export interface Checker {
  readonly launcher: Launcher;
  check(request: Imaged): Promise<Report>;
  /** Ends everything that was launched. */
  close(): Promise<void>;
}

interface ResolvedProfile {
  readonly profile: Profile;
  readonly policy: Policy;
  readonly chosen: readonly Requirement[];
}

type Judging = Pick<CheckRequest, 'profile' | 'overrides' | 'only' | 'skip'>;

function resolveProfile({ profile: name, overrides, only, skip }: Judging): ResolvedProfile {
  const profile = profiles[name];
  const chosen = requirements.filter(({ id }) => (only === null || only.includes(id)) && !skip.includes(id));
  return { profile, policy: { ...profile.policy, ...overrides }, chosen };
}

/** The image a request names: a file to execute, or a fixture's steps to run in the forked process. */
export type Imaged = CheckRequest & { readonly image?: Image };

type LaunchSpec = Omit<LaunchRequest, 'type' | 'launch'>;

/** The program as it was given, from one start. */
function launchSpecOf(request: Imaged, start: StartState, keepDirectory: boolean): LaunchSpec {
  return {
    image: request.image ?? { kind: 'execute', path: request.path },
    argv: request.argv,
    environment: environmentFor(start, request.env),
    directory: request.cwd,
    keepDirectory,
    start,
  };
}

/** Another program in its place. */
function insteadOf(asked: LaunchSpec, argv: readonly [string, ...string[]]): LaunchSpec {
  return { ...asked, image: { kind: 'execute', path: argv[0] }, argv };
}

/** Opens a checker. Its launcher starts at once, while the rest of the program is still loading. */
export function openChecker(
  launcher: Launcher = startLauncher(),
  canaries: Canaries = openCanaries(launcher),
): Checker {
  const canary = (start: StartState, { cwd, env, signal }: CheckRequest, keepDirectory: boolean) =>
    canaries.read(start, { directory: cwd, environment: env, keepDirectory, signal });

  const launchWithCleanup = ({ pidfile }: Policy, asked: LaunchSpec, { signal }: CheckRequest) =>
    withPidfileCleanup(pidfile, () => launcher.launch(asked, signal), launcher.guard);

  const runOnce = async (
    start: StartState,
    request: Imaged,
    { profile, policy }: ResolvedProfile,
  ): Promise<Run> => {
    const { name } = start;
    const began = performance.now();
    const tell = (phase: Progress['phase'], processes: number): void =>
      request.onProgress?.({ start: name, phase, elapsedMs: performance.now() - began, processes });
    tell('launching', 0);
    const keepDirectory = needsDirectory(request.argv, request.cwd);
    // Read and ended before the program starts: it must neither be in its way nor delay the look at its return.
    const reading = await canary(start, request, keepDirectory);
    const launch = launchWithCleanup(policy, launchSpecOf(request, start, keepDirectory), request);
    try {
      const run = await follow(launch, {
        given: { start: name, ...reading },
        environmentMarker: start.environmentMarker ? environmentMarker : null,
        timeoutMs: request.timeoutMs,
        foreground: profile.foreground,
        pidfile: policy.pidfile,
        holds: (provisional) => holds(provisional, requirements, profile, policy),
        onPhase: tell,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
      tell('ending', run.processes.length);
      // One of it is enough to look at, and several might get in each other's way.
      await launch.end({ keep: request.keep && name === request.starts[0] });
      const over = launch.events.find((event) => event.type === 'over');
      return { ...run, leftBehind: over?.type === 'over' ? over.left : [] };
    } finally {
      await launch.end();
      tell('done', 0);
    }
  };

  /** At most so many launches of probes at a time: each has a few processes, and a terminal or pipes. */
  const atOnce = 8;

  const probe = async (
    request: Imaged,
    { profile, policy, chosen }: ResolvedProfile,
    { runs, exclusive }: Launched,
  ): Promise<Probes> => {
    const names = probesAskedFor(chosen);
    if (request.probing === undefined || names.size === 0) return {};
    // Not loaded where nothing is probed.
    const { runProbes } = await import('../probe/run-probes.ts');
    const { quick, repeat } = request.probing;
    const keepDirectory = policy.pidfile !== null || needsDirectory(request.argv, request.cwd);
    const command = (argv: readonly [string, ...string[]], start: StartState) =>
      launcher.launch(insteadOf(launchSpecOf(request, start, true), argv), request.signal);
    const launch = (start: StartState, extra: Extra) => {
      const { arguments: more = [], argumentsInstead, moreEnvironment = [], whenReturned = [] } = extra;
      const [word = '', ...own] = request.argv;
      const asked = launchSpecOf(request, start, keepDirectory);
      const changed = {
        ...asked,
        argv: [word, ...(argumentsInstead ?? own), ...more],
        environment: [...(extra.environment ?? asked.environment), ...moreEnvironment],
        whenReturned,
        ...(extra.gate === undefined ? {} : { gate: extra.gate }),
        ...(extra.restMs === undefined ? {} : { restMs: extra.restMs }),
      };
      return launchWithCleanup(policy, changed, request);
    };
    const means: Omit<ProbeRequest, 'plain'> = {
      launch,
      command,
      guard: launcher.guard,
      canary: (start) => canary(start, request, keepDirectory),
      timeoutMs: request.timeoutMs,
      atOnce: exclusive ? 1 : atOnce,
      // What is launched once where little time is to be spent, and many times otherwise.
      repeat: repeat ?? (quick ? 1 : null),
      declared: { ...policy, foreground: profile.foreground },
      // The program does not start where SIGCHLD is ignored: what else it inherits can be seen without that.
      hostileStart: runs.some(({ sigchldDecides }) => sigchldDecides === true)
        ? hostileButForSigchld
        : startStates.hostile,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    };
    return runProbes({ names, quick }, baselineRun(runs, profile), means);
  };

  const withTraces = async (
    request: Imaged,
    { profile, policy }: ResolvedProfile,
    { runs, exclusive }: Launched,
  ): Promise<readonly Run[]> => {
    if (request.trace !== true) return runs;
    const { image = { kind: 'execute', path: request.path } } = request;
    const keepDirectory = needsDirectory(request.argv, request.cwd);
    const { traceRuns } = await import('../trace/trace-runs.ts');
    return traceRuns(runs, {
      scratchDirectory: () => launcher.scratchDirectory(request.signal),
      launch: (start, argv) =>
        launchWithCleanup(policy, insteadOf(launchSpecOf(request, start, keepDirectory), argv), request),
      program: image.kind === 'execute' ? image.path : null,
      arguments: request.argv.slice(1),
      searchPath: request.env.PATH,
      timeoutMs: request.timeoutMs,
      foreground: profile.foreground,
      pidfile: policy.pidfile,
      exclusive,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  };

  return {
    launcher,
    async check(request: Imaged) {
      const terms = resolveProfile(request);
      const { runs, exclusive } = await launchSideBySide(
        request.starts,
        (name) => runOnce(startStates[name], request, terms),
        {
          foreground: terms.profile.foreground,
          alone: terms.policy.pidfile !== null,
        },
      );
      const examined = await examineSigchld(runs, terms.profile.foreground, (start) =>
        runOnce(start, request, terms),
      );
      const probes = await probe(request, terms, { runs: examined, exclusive });
      const traced = await withTraces(request, terms, { runs: examined, exclusive });
      const program = { argv: request.argv, path: request.path, pid: null };
      const about = { program, inspected: false, libc: await launcher.libc };
      const made = report(request, terms, { runs: traced, probes }, about);
      if (request.trace !== true) return made;
      const { nameSteps } = await import('../trace/name-steps.ts');
      return { ...made, results: nameSteps(made.results, traced) };
    },
    close: () => launcher.close(),
  };
}

interface About {
  readonly program: Report['program'];
  readonly inspected: boolean;
  readonly libc: string;
}

type ToReport = Judging & Pick<CheckRequest, 'strict' | 'expectedFailures'>;

function report(
  request: ToReport,
  terms: ResolvedProfile,
  { runs, probes }: Pick<Report, 'runs' | 'probes'>,
  about: About,
): Report {
  const { profile, policy, chosen } = terms;
  const matter = { runs, probes, requirements: chosen, strict: request.strict, inspected: about.inspected };
  const { results, summary } = judge({ ...matter, profile, policy, evidenceOf: observer().evidenceOf });
  return {
    schemaVersion,
    tool: { name: 'daemon-conformance', version: packageVersion() },
    platform: describePlatform(about.libc),
    program: about.program,
    profile: profile.name,
    strict: request.strict,
    policy,
    summary,
    runs,
    probes,
    ...withExpectedFailures(results, request.expectedFailures, request.strict),
    profiles: judgeProfiles({ ...matter, profiles, declared: request.overrides }),
  };
}

/** Checks one program: opens a checker, and closes it whatever happens. */
export async function check(
  request: CheckRequest,
  launcher?: Launcher,
  canaries?: Canaries,
): Promise<Report> {
  const checker = openChecker(launcher, canaries);
  try {
    return await checker.check(request);
  } finally {
    await checker.close();
  }
}

/** No process has that ID. */
export class NoSuchProcess extends Error {
  constructor(pid: number) {
    super(`no process has the ID ${pid}`);
    this.name = 'NoSuchProcess';
  }
}

/** Looks at a process that already runs. Nothing is launched and nothing signalled. @throws NoSuchProcess */
export function inspectProcess(request: InspectRequest): Promise<Report> {
  const run = inspectedRun(request.pid);
  const process = run?.processes[0];
  if (run === null || process === undefined) return Promise.reject(new NoSuchProcess(request.pid));
  const { commandLine, executable } = process;
  const program = {
    argv: isUnreadable(commandLine) ? [] : commandLine,
    path: isUnreadable(executable) ? '' : executable,
    pid: request.pid,
  };
  const about = { program, inspected: true, libc: libcOfThisProcess() };
  return Promise.resolve(report(request, resolveProfile(request), { runs: [run], probes: {} }, about));
}
