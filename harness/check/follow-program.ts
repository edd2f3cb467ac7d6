/** One launch of the program under one start state, from its beginning to its end. */

import type { Run } from '../facts/run.ts';
import type { StartState } from '../facts/start-state.ts';
import { follow } from '../follow/follow.ts';
import { holds } from '../judge/judge.ts';
import { nowMs } from '../launch/launcher-client.ts';
import { environmentMarker } from '../launch/protocol.ts';
import { type Launching, launchSpecOf, launchWithCleanup, readCanary, startIn } from './launch-program.ts';
import { type Progress, type ResolvedRequest, timeToSettle } from './request.ts';
import { cameThrough } from './side-by-side.ts';
import { leftBehindBy, type StandingLaunches } from './standing-launches.ts';

/** Nothing can be judged of a program that was not given the time to settle. */
class DeadlinePassed extends Error {
  constructor(start: string) {
    super(
      `the deadline of the check passed before the program had settled after the ${start} start: give it more than --deadline allows`,
    );
    this.name = 'DeadlinePassed';
  }
}

/** @param standing keeps the launch for probes, if the program came through; null: it is ended in any case */
export async function followProgram(
  launching: Launching,
  request: ResolvedRequest,
  named: StartState,
  standing: StandingLaunches | null = null,
): Promise<Run> {
  const { profile, policy, catalogue, overAtMs, signal } = request;
  const { name } = named;
  const start = startIn(named, request);
  const began = nowMs();
  const tell = (phase: Progress['phase'], processes: number, daemon: number | null = null): void =>
    request.onProgress({ start: name, phase, elapsedMs: nowMs() - began, processes, daemon });
  tell('launching', 0);
  // Read and ended before the program starts: it must neither be in its way nor delay the look at its return.
  const reading = await readCanary(launching, start, request);
  const launch = launchWithCleanup(launching, launchSpecOf(request, start), request);
  const timeoutMs = timeToSettle(request);
  const mayStand = (run: Run): boolean =>
    standing !== null && run.settling.by !== 'deadline' && cameThrough(run, profile.foreground);
  let isKept = false;
  try {
    const run = await follow(launch, {
      given: { start: name, ...reading },
      environmentMarker: start.environmentMarker ? environmentMarker : null,
      timeoutMs,
      foreground: profile.foreground,
      pidfile: policy.pidfile,
      holds: (provisional) => holds(provisional, catalogue.requirements, profile, policy),
      onPhase: tell,
      onSettled: async (settled) => {
        if (mayStand(settled)) return;
        tell('ending', settled.processes.length);
        // One of it is enough to look at, and several might get in each other's way.
        await launch.end({ keep: request.keep && name === request.starts[0] });
      },
      ...(signal === undefined ? {} : { signal }),
    });
    if (run.settling.by === 'deadline' && nowMs() >= overAtMs) throw new DeadlinePassed(name);
    isKept = mayStand(run);
    if (isKept) standing?.keep(start, launch, run);
    return { ...run, leftBehind: leftBehindBy(launch) };
  } finally {
    if (!isKept) await launch.end();
    tell('done', 0);
  }
}
