/**
 * Where probes work: launches of their own, as many at a time as the program bears, each brought to where the program
 * has settled and ended in any case.
 *
 * Longer than 250 lines: half of them say what a probe is lent.
 */

import { type Unavailable, unavailable } from '../facts/finding.ts';
import type { CountedStart, HeldStart } from '../facts/held-start.ts';
import type { DeclaredOptions } from '../facts/policy.ts';
import { isUnreadable } from '../facts/process.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import type { DimensionName, StartState } from '../facts/start-state.ts';
import { NotStarted, readPidfile, toldBy } from '../follow/follow.ts';
import type { Tree } from '../follow/snapshot.ts';
import { requireStage, StageLost } from '../follow/stage-lost.ts';
import type { CanaryReading } from '../launch/canary.ts';
import { type Event, is } from '../launch/events.ts';
import { beginDeadlineMs, type Guard, type Launch, nowMs } from '../launch/launcher-client.ts';
import { type Action, environmentMarker } from '../launch/protocol.ts';
import { startStates } from '../launch/start-states.ts';
import { asUnavailable } from './as-unavailable.ts';
import { lastLine } from './last-line.ts';
import { missing } from './rests-on.ts';
import { settleDown } from './settle.ts';
import { startTurns } from './turns.ts';

/** A launch of a probe: the program from a start, and what is different about it. */
export interface LaunchOptions {
  readonly start: StartState;
  /** Without these the probe would show nothing. */
  readonly restsOn: readonly DimensionName[];
  /** Arguments after those of the program. */
  readonly arguments?: readonly string[];
  /** In place of those of the program. */
  readonly argumentsInstead?: readonly string[];
  /** NAME=value, in place of what the start state gives. */
  readonly environment?: readonly string[];
  /** NAME=value, beside it. */
  readonly moreEnvironment?: readonly string[];
  readonly whenReturned?: readonly Action[];
  /** A locked file: the program is executed when the lock is given up. */
  readonly gate?: string;
  /** A launch in whose world it is to be, where launches are isolated; null for one of its own. */
  readonly within?: Launch | null;
  /** Milliseconds for which everything is at rest before the program is executed. */
  readonly restMs?: number;
  /** Processes of the start are held at their birth. */
  readonly held?: HeldStart | CountedStart;
  /** The launch of the baseline run from that start does as well, if it is still there. */
  readonly orStanding?: boolean;
}

/** What the program declares of itself. */
export interface DeclaredPolicy extends DeclaredOptions {
  /** The program stays in the foreground. */
  readonly foreground: boolean;
}

/** What the pipeline lends to the probes. */
export interface ProbeRequest {
  readonly launch: (options: LaunchOptions) => Launch;
  /** The launch of the baseline run from that start, which is the caller's from now on; null if there is none any more. */
  readonly standing: (start: StartState) => Launch | null;
  /** Another program beside the one under test: in the world of a launch, in none, or else in one of its own. */
  readonly command: (
    argv: readonly [string, ...string[]],
    start: StartState,
    where?: Launch | 'in no world' | null,
  ) => Launch;
  /** A world without a program in it; null where launches are not isolated. */
  readonly emptyWorld: (() => Launch) | null;
  /** Before something is put under a name for a while. */
  readonly guard: (path: string) => Guard;
  readonly canary: (start: StartState) => Promise<CanaryReading>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Launches at a time; 1 where instances of the program get in each other's way. */
  readonly atOnce: number;
  /** Repetitions asked for; null leaves them to the probe. */
  readonly repeat: number | null;
  readonly declared: DeclaredPolicy;
  /** The start in which everything is planted that the program bears. */
  readonly hostileStart: StartState;
  /** The baseline run, after the plainest start. */
  readonly plain: Run;
  /** All runs of the check. */
  readonly runs: readonly Run[];
}

/** One launch whose program has settled. */
export interface SettledLaunch {
  readonly launch: Launch;
  readonly run: {
    readonly processes: readonly ObservedProcess[];
    readonly launch: CanaryReading['launch'] &
      Pick<Run['launch'], 'session' | 'processGroup' | 'terminal' | 'workingDirectory'>;
  };
  readonly tree: Tree;
  readonly daemon: ObservedProcess;
  /** When the starter returned, or when the program was executed if it stays; CLOCK_MONOTONIC, milliseconds. */
  readonly returnedMs: number;
}

export interface ProbeContext extends Omit<ProbeRequest, 'launch' | 'standing' | 'canary' | 'atOnce'> {
  /** The start in which nothing is out of the ordinary, in a fresh directory. */
  readonly plainStart: StartState;
  /** Waits for a turn; within it any number of launches may be made. */
  inTurn<T>(body: () => Promise<T>): Promise<T>;
  /** By now. */
  turnsAsked(): number;
  /** What a launch from that start would have to rest on and cannot; null if there is nothing. */
  lacking(options: Pick<LaunchOptions, 'start' | 'restsOn'>): Promise<Unavailable | null>;
  /**
   * Launches without a turn, hands the launch to `body` and ends it afterwards. Of one that was lost meanwhile nothing is
   * found.
   */
  launched<T>(options: LaunchOptions, body: (launch: Launch) => Promise<T>): Promise<T | Unavailable>;
  /** Waits until the program of a launch has settled; unavailable if that is no daemon. */
  settle(launch: Launch, start: StartState): Promise<SettledLaunch | Unavailable>;
  /** A launch whose program has settled as a daemon; unavailable if it does not. */
  settled<T>(options: LaunchOptions, body: (settled: SettledLaunch) => Promise<T>): Promise<T | Unavailable>;
}

/** The program of a launch has been executed. @throws NotStarted, StageLost */
export async function startedOf(
  launch: Launch,
): Promise<{ stage: Event<'stage'>; started: Event<'started'> }> {
  const stage = await launch.until(is('stage', 'lost'), beginDeadlineMs());
  const started =
    stage === null ? null : await launch.until(is('started', 'not-started', 'lost'), beginDeadlineMs());
  if (stage === null || started === null) throw new StageLost('its stage hangs, or was stopped');
  if (stage.type === 'lost') throw new StageLost(stage.because);
  if (started.type === 'lost') throw new StageLost(started.because);
  if (started.type === 'not-started') throw new NotStarted(started.call, started.errno);
  return { stage, started };
}

export async function treeOf(launch: Launch, foreground: boolean): Promise<Tree> {
  const { stage, started } = await startedOf(launch);
  return {
    stage: stage.pid,
    starter: started.pid,
    foreground,
    surroundings: {
      subreaper: stage.pid,
      planted: new Map(started.planted.map(({ identity, name }) => [identity, name])),
      environmentMarker,
    },
    told: () => toldBy(launch.events),
    declared: () => null,
  };
}

const hasSettled = ({ daemon, settling }: Run): boolean => daemon !== null && settling.by !== 'deadline';

export function openProbeContext(request: ProbeRequest): ProbeContext {
  const { launch: beginNew, standing, canary, atOnce, ...given } = request;
  const { declared, timeoutMs, signal } = given;
  const turns = startTurns(atOnce);
  const plainName = declared.foreground ? 'supervised' : 'clean';

  const lacking: ProbeContext['lacking'] = async ({ start, restsOn }) =>
    missing(await canary(start), restsOn);

  async function launched<T>(
    options: LaunchOptions,
    body: (launch: Launch) => Promise<T>,
    begin: ProbeRequest['launch'] = beginNew,
  ): Promise<T | Unavailable> {
    const without = await lacking(options);
    if (without !== null) return without;
    signal?.throwIfAborted();
    const launch = begin(options);
    try {
      const found = await body(launch);
      await launch.end();
      await requireStage(launch);
      return found;
    } catch (error) {
      return asUnavailable(error);
    } finally {
      await launch.end();
    }
  }

  async function settle(
    launch: Launch,
    start: StartState,
    hasStood = false,
  ): Promise<SettledLaunch | Unavailable> {
    const reading = await canary(start);
    const { started } = await startedOf(launch);
    const { foreground, pidfile } = declared;
    const tree: Tree = { ...(await treeOf(launch, foreground)), declared: readPidfile(pidfile, launch) };
    const returned = (): Event<'returned'> | undefined => launch.events.find(is('returned'));
    const snapshot = await settleDown({
      tree,
      plain: given.plain,
      same: given.runs.find((run) => run.start === start.name && hasSettled(run)) ?? null,
      launchDirectory: started.directory,
      returned: () => foreground || returned() !== undefined,
      foreground,
      hasStood,
      deadlineMs: Math.max(started.atMs, hasStood ? nowMs() : 0) + timeoutMs,
      signal,
    });
    const daemon = snapshot.processes.find(({ pid }) => pid === snapshot.daemon);
    if (daemon === undefined || isUnreadable(daemon.startTime)) {
      const said = lastLine(launch.events);
      return unavailable(
        `the launch for it came to no daemon${said === '' ? '' : `, and its starter said: ${said}`}`,
      );
    }
    const run: SettledLaunch['run'] = {
      processes: snapshot.processes,
      launch: {
        ...reading.launch,
        session: started.session,
        processGroup: started.pid,
        terminal: started.terminal?.device ?? null,
        workingDirectory: started.directory,
      },
    };
    return { launch, run, tree, daemon, returnedMs: returned()?.atMs ?? started.atMs };
  }

  return {
    ...given,
    // A declared pidfile may be relative to where the user stands.
    plainStart: { ...startStates[plainName], freshDirectory: declared.pidfile === null },
    inTurn: turns.take,
    turnsAsked: turns.asked,
    lacking,
    launched,
    settle,
    settled,
  };

  async function settled<T>(
    options: LaunchOptions,
    body: (settled: SettledLaunch) => Promise<T>,
  ): Promise<T | Unavailable> {
    let isKept = false;
    let hasSettled = false;
    const begin = (asked: LaunchOptions): Launch => {
      const kept = asked.orStanding === true ? standing(asked.start) : null;
      isKept = kept !== null;
      return kept ?? beginNew(asked);
    };
    const tryIt = async (launch: Launch): Promise<T | Unavailable> => {
      const found = await settle(launch, options.start, isKept);
      if ('kind' in found) return found;
      hasSettled = true;
      return body(found);
    };
    const found = await launched(options, tryIt, begin);
    // It has ended since, which says nothing of another launch.
    return isKept && !hasSettled ? launched(options, tryIt) : found;
  }
}
