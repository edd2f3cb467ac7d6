/** SIGTERM to a settled daemon, and what is left of the program when it has ended. */

import { existsSync } from 'node:fs';
import type { Termination, Unavailable } from '../facts/finding.ts';
import type { DimensionName, StartState } from '../facts/start-state.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { placeOf } from '../launch/place-of.ts';
import { inCompany } from './in-company.ts';
import type { ProbeContext, SettledLaunch } from './probe-context.ts';
import { leavesUnblocked, remainingOf } from './processes.ts';
import { remainderOf } from './rest.ts';
import { outcomeOf } from './survival.ts';

/** Workers end a little after the daemon; what stands as long without moving has survived. Milliseconds. */
const survivorsStandMs = 500;
/** A daemon has so long to end in which nothing is seen of it: one that ends in time works, or waits for its clock. */
const endsStandMs = 1000;

async function terminate(
  context: ProbeContext,
  start: StartState,
  settled: SettledLaunch,
): Promise<Termination | Unavailable> {
  const { launch, daemon } = settled;
  const { pidfile } = context.declared;
  const hadPidfile = pidfile !== null && existsSync(placeOf(launch, pidfile));
  const { atMs, reached } = await launch.act({ kind: 'signal', pid: daemon.pid, signal: 'SIGTERM' });
  const stimulus = { atMs, signals: ['SIGTERM'], onTerminal: false, reached };
  const outcome = await outcomeOf(settled, stimulus, {
    withinMs: context.timeoutMs,
    standsMs: endsStandMs,
    // squid counts its last seconds down so, master and worker.
    mayEndByClock: true,
    isBlockInherited: start.blocked.includes('SIGTERM') && leavesUnblocked(context.plain, 'SIGTERM'),
    signal: context.signal,
  });
  const ended = outcome.decidedBy === 'ended';
  const { timeoutMs, signal } = context;
  const survivors = ended
    ? await remainderOf(settled.tree, { standsMs: survivorsStandMs, timeoutMs, signal })
    : [];
  const pidfileLeft = ended && pidfile !== null && hadPidfile ? existsSync(placeOf(launch, pidfile)) : null;
  // Before the launch is over, whose end takes away the pidfile that is left.
  const restarted = pidfileLeft === true ? await startAgain(context, start, launch) : null;
  if (typeof restarted === 'object' && restarted !== null) return restarted;
  return {
    kind: 'termination',
    pid: daemon.pid,
    endedAfterMs: ended ? outcome.afterMs : null,
    exitCode: outcome.exitCode,
    signal: outcome.signal,
    decidedBy: outcome.decidedBy,
    survivors: survivors.map(remainingOf),
    pidfileLeft,
    restarted,
    evidence: outcome.evidence,
  };
}

/** A pidfile that was left is harmless if the next start is not held up by it. */
async function startAgain(
  context: ProbeContext,
  start: StartState,
  within: Launch,
): Promise<boolean | Unavailable> {
  return context.launched({ start, restsOn: [], within }, async (launch) => {
    const settled = await context.settle(launch, start);
    return !('kind' in settled);
  });
}

export function findTermination(
  context: ProbeContext,
  start: StartState,
  restsOn: readonly DimensionName[],
): Promise<Termination | Unavailable> {
  return inCompany(context, { start, restsOn }, async (settled) => ({
    found: await terminate(context, start, settled),
    untouched: false,
  }));
}
