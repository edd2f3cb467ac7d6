/** The stage that probes: what the probes are lent, and which of them the chosen requirements need. */

import type { Probes } from '../facts/finding.ts';
import type { StartState } from '../facts/start-state.ts';
import { baselineRun } from '../judge/evaluate.ts';
import { type Launch, nowMs } from '../launch/launcher-client.ts';
import { hostileButForSigchld, startStates } from '../launch/start-states.ts';
import type { LaunchOptions, ProbeRequest } from '../probe/probe-context.ts';
import {
  insteadOf,
  type Launching,
  type LaunchSpec,
  launchSpecOf,
  launchWithCleanup,
  readCanary,
  startIn,
} from './launch-program.ts';
import { ownSignal } from './own-signal.ts';
import { probesAskedFor } from './probes-asked-for.ts';
import { type ResolvedRequest, timeToSettle } from './request.ts';
import type { LaunchSeries } from './side-by-side.ts';
import type { StandingLaunches } from './standing-launches.ts';

/** At most so many launches of probes at a time: each has a few processes, and a terminal or pipes. */
const atOnce = 8;

/** A program that has not settled by then, milliseconds, has to stand for a time in which the processors are free. */
const standsAfterMs = 50;

/**
 * Has the worlds of the first probes made while the program stands, so that none of them waits for its own.
 *
 * @returns what stops that
 */
export function makeReady(
  { launcher }: Launching,
  { chosen, probing, isolation }: ResolvedRequest,
): () => void {
  if (probing === null || isolation === 'none') return () => {};
  const { size } = probesAskedFor(chosen, probing.only);
  const timer = setTimeout(() => launcher.expect(Math.min(size, atOnce), true), standsAfterMs);
  return () => clearTimeout(timer);
}

/**
 * The start whose canary shows what a probe rests on: none rests on the directory, so that the canary of the start by
 * the same name serves, and a canary does not return, nor outlive an alarm.
 */
function asRead(start: StartState): StartState {
  const { freshDirectory } = startStates[start.name];
  return { ...start, freshDirectory, ownFileSystem: false, foregroundKept: false, alarmMs: null };
}

/** Aborts when the whole check is to be over; null without a deadline. */
function deadlineOf({ overAtMs }: ResolvedRequest): AbortSignal | null {
  return overAtMs === Number.POSITIVE_INFINITY
    ? null
    : AbortSignal.timeout(Math.max(0, Math.ceil(overAtMs - nowMs())));
}

export async function probeBehaviour(
  launching: Launching,
  unbounded: ResolvedRequest,
  { runs, exclusive }: LaunchSeries,
  { take: standing, left }: Pick<StandingLaunches, 'take' | 'left'>,
): Promise<Probes> {
  const { profile, policy, probing } = unbounded;
  if (probing === null) return {};
  const names = probesAskedFor(unbounded.chosen, probing.only);
  if (names.size === 0) return {};
  const deadline = deadlineOf(unbounded);
  const request = { ...unbounded, signal: ownSignal(unbounded.signal, deadline) };
  const { signal } = request;
  // Not loaded where nothing is probed.
  const { runProbes } = await import('../probe/run-probes.ts');
  const { quick, repeat } = probing;
  const { launcher } = launching;
  const kept = left();
  // A turn that finds a launch that still stands makes none.
  const expect = (turns: number): void =>
    request.isolation === 'none' ? undefined : launcher.expect(turns - kept);
  const probeRequest: Omit<ProbeRequest, 'plain'> = {
    launch: (options) => launchWithCleanup(launching, specFor(request, options), request),
    standing,
    command: (argv, start, where = null) => {
      const spec = insteadOf(launchSpecOf(request, { ...start, freshDirectory: false }), argv);
      const placed = where === 'in no world' ? ({ isolation: 'none' } as const) : beside(request, where);
      return launcher.launch({ ...spec, ...placed }, request.signal);
    },
    emptyWorld:
      request.isolation === 'none'
        ? null
        : () => launcher.launch({ ...launchSpecOf(request, startStates.detached), empty: true }, signal),
    guard: launcher.guard,
    canary: (start) => readCanary(launching, startIn(asRead(start), request), request),
    timeoutMs: timeToSettle(request),
    atOnce: exclusive ? 1 : atOnce,
    // What is launched once where little time is to be spent, and many times otherwise.
    repeat: repeat ?? (quick ? 1 : null),
    declared: { ...policy, foreground: profile.foreground },
    runs,
    // The program does not start where SIGCHLD is ignored: what else it inherits can be seen without that.
    hostileStart: runs.some(({ sigchldDecides }) => sigchldDecides === true)
      ? hostileButForSigchld
      : startStates.hostile,
    ...(signal === undefined ? {} : { signal }),
  };
  return runProbes(
    { names, quick, deadline, expect, onProgress: request.onProbing },
    baselineRun(runs, profile),
    probeRequest,
  );
}

/** In the world of another launch, where launches have one. */
function beside(
  { isolation }: ResolvedRequest,
  other: Launch | null = null,
): Pick<LaunchSpec, 'within'> | Record<string, never> {
  return isolation === 'none' || other === null ? {} : { within: other.id };
}

/** The program with what a probe wants of its launch. */
function specFor(request: ResolvedRequest, options: Omit<LaunchOptions, 'restsOn'>): LaunchSpec {
  const { arguments: more = [], argumentsInstead, moreEnvironment = [], whenReturned = [] } = options;
  const [word = '', ...own] = request.argv;
  const spec = launchSpecOf(request, startIn(options.start, request, request.policy.pidfile));
  return {
    ...spec,
    argv: [word, ...(argumentsInstead ?? own), ...more],
    environment: [...(options.environment ?? spec.environment), ...moreEnvironment],
    whenReturned,
    ...beside(request, options.within),
    ...(options.gate === undefined ? {} : { gate: options.gate }),
    ...(options.restMs === undefined ? {} : { restMs: options.restMs }),
    ...(options.held === undefined ? {} : { held: options.held }),
  };
}
