/**
 * Follows one launch from the program's execution until what it became has settled.
 *
 * One look is not enough: a right daemon that forks twice is usually not yet right at the moment its starter returns.
 * Fixed sleeps are wrong too, for whatever is slower than they are. So the answer has to hold: at once where every
 * process provably sleeps for good, for `passStandsMs` where it is a pass, for `failStandsMs` where it is a fail.
 * What passes but may still move is then watched for `watchMs`, to see what relapses.
 */

import { readFileSync } from 'node:fs';
import type { Surroundings } from '../facts/process.ts';
import type { Run, Settling, Starter } from '../facts/run.ts';
import type { CanaryReading } from '../launch/canary.ts';
import { beginDeadlineMs, type Launch } from '../launch/launcher-client.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { pidIn } from '../observe/pidfile-text.ts';
import { notificationIn } from './notification.ts';
import { isAsleep, nowMs, type Snapshot, type Tree, takeSnapshot } from './snapshot.ts';
import { startTimeline, type Timeline } from './timeline.ts';

/** Measured: no wrong verdict in thousands of launches, idle and under load. Milliseconds. */
const passStandsMs = 20;
const failStandsMs = 250;
const failNeedsWhole = 3;
const watchMs = 500;
/** Snapshots begin close together and spread. */
const firstIntervalMs = 0.05;
const intervalGrowth = 1.5;
const longestIntervalMs = 10;

type Event<T extends StageEvent['type']> = Extract<StageEvent, { type: T }>;
const is =
  <T extends StageEvent['type']>(...types: readonly T[]) =>
  (event: StageEvent): event is Event<T> =>
    (types as readonly string[]).includes(event.type);

export interface FollowRequest {
  /** What the canary showed; the parts of the run that are known before the program moves. */
  readonly given: Pick<Run, 'start'> & CanaryReading;
  readonly environmentMarker: string | null;
  readonly timeoutMs: number;
  /** The program is expected to stay: it is looked at without waiting for its return. */
  readonly foreground: boolean;
  readonly pidfile: string | null;
  /** Whether everything that is asked of the program holds in this provisional run. */
  readonly holds: (run: Run) => boolean;
  readonly onPhase?: (phase: 'waiting' | 'settling', processes: number) => void;
  readonly signal?: AbortSignal;
}

/** The program could not be executed. */
export class NotStarted extends Error {
  readonly errno: string;
  constructor(call: string, errno: string) {
    super(`${call}: ${errno}`);
    this.name = 'NotStarted';
    this.errno = errno;
  }
}

/** The stage failed or was killed, so that nothing is known of the program. */
export class StageLost extends Error {
  constructor(because: string) {
    super(`the launch was lost: ${because}`);
    this.name = 'StageLost';
  }
}

/** Until the next look, in milliseconds; below the resolution of timers the event loop is only let round once. */
function wait(intervalMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (intervalMs < 1) setImmediate(resolve);
    else setTimeout(resolve, intervalMs);
  });
}

/** Reads which process the pidfile names; null where none is declared, it names none, or is not there as yet. */
export function readPidfile(path: string | null): () => number | null {
  return () => {
    if (path === null) return null;
    try {
      return pidIn(readFileSync(path, 'latin1'));
    } catch {
      // The requirements on pidfiles say so.
      return null;
    }
  };
}

/** Empty where orphans are handed to the stage, which then need not tell. */
export function toldBy(events: readonly StageEvent[]): readonly number[] {
  let pids: readonly number[] = [];
  for (const event of events) {
    if (event.type === 'below') pids = event.pids;
    else if ((event.type === 'ended' || event.type === 'returned') && pids.length > 0) {
      pids = pids.filter((pid) => pid !== event.pid);
    }
  }
  return pids;
}

function decodeOutput(events: readonly StageEvent[]): string {
  const pieces = events.filter(is('output')).map(({ base64 }) => Buffer.from(base64, 'base64'));
  return Buffer.concat(pieces).toString('utf8');
}

/** By the number of the descriptor that it stands on. */
function capturedBy(captured: Event<'started'>['captured']): Run['launch']['captured'] {
  const numbers = { stdout: 1, stderr: 2 } as const;
  return Object.fromEntries(
    captured.flatMap(({ stream, identity }) =>
      stream === 'stdout' || stream === 'stderr' ? [[numbers[stream], identity]] : [],
    ),
  );
}

/** Follows a launch and returns what is known of it. @throws NotStarted, StageLost, or the signal's reason */
export async function follow(launch: Launch, request: FollowRequest): Promise<Run> {
  const { given, timeoutMs } = request;
  const lost = (event: StageEvent | null): StageEvent => {
    if (event === null) throw new StageLost('its stage hangs, or was stopped');
    if (event.type === 'lost') throw new StageLost(event.because);
    return event;
  };
  const stage = lost(await launch.until(is('stage', 'lost'), beginDeadlineMs())) as Event<'stage'>;
  const started = lost(await launch.until(is('started', 'not-started', 'lost'), beginDeadlineMs()));
  if (started.type === 'not-started') throw new NotStarted(started.call, started.errno);
  const {
    pid: starterPid,
    atMs: startedMs,
    session,
    terminal,
    directory,
    planted,
    captured,
  } = started as Event<'started'>;

  const surroundings: Surroundings = {
    subreaper: stage.pid,
    planted: new Map(planted.map(({ identity, name }) => [identity, name])),
    environmentMarker: request.environmentMarker,
  };
  const tree: Tree = {
    stage: stage.pid,
    starter: starterPid,
    foreground: request.foreground,
    surroundings,
    told: () => toldBy(launch.events),
    declared: readPidfile(request.pidfile),
  };
  const launchFacts: Run['launch'] = {
    ...given.launch,
    session,
    processGroup: starterPid,
    terminal: terminal?.device ?? null,
    workingDirectory: directory,
    planted: Object.fromEntries(planted.map(({ fd, name }) => [fd, name])),
    captured: capturedBy(captured),
  };
  const since = (atMs: number): number => Math.max(0, atMs - startedMs);
  const timeline = startTimeline();
  timeline.add({ atMs: 0, pid: starterPid, event: 'started', detail: 'execve' });

  const starter = (): Starter => {
    const returned = launch.events.find(is('returned'));
    return {
      pid: starterPid,
      exitCode: returned?.exitCode ?? null,
      signal: returned?.signal ?? null,
      returnedAfterMs: returned === undefined ? null : since(returned.atMs),
      output: decodeOutput(launch.events),
    };
  };
  const runOf = (
    settled: Snapshot,
    atReturn: Snapshot | null,
    later: Snapshot | null,
    settling: Settling,
  ): Run => ({
    start: given.start,
    established: given.established,
    launch: launchFacts,
    starter: starter(),
    daemon: settled.daemon,
    processes: settled.processes,
    atReturn: atReturn?.processes ?? null,
    later: later?.processes ?? null,
    settling,
    timeline: timeline.events,
    sigchldDecides: null,
    leftBehind: [],
  });

  // The starter's return. The first look has to follow it at once, so it is taken where the event comes in.
  let atReturn: Snapshot | null = null;
  const stop = launch.onEvent((event) => {
    if (event.type === 'returned' && atReturn === null) {
      timeline.add({
        atMs: since(event.atMs),
        pid: event.pid,
        event: 'starter-returned',
        detail: endingOf(event),
      });
      try {
        atReturn = takeSnapshot(tree);
        timeline.see(since(atReturn.atMs), atReturn.processes);
      } catch {
        // The next look fails in the same way, where somebody waits for it.
      }
    } else if (event.type === 'notified') {
      const detail = notificationIn(event).state.join(' ');
      timeline.add({ atMs: since(event.atMs), pid: event.from ?? 0, event: 'notified', detail });
    } else if (event.type === 'ended') {
      timeline.add({ atMs: since(event.atMs), pid: event.pid, event: 'ended', detail: endingOf(event) });
    }
  });
  try {
    const deadlineMs = startedMs + timeoutMs;
    const starterReturns = async (): Promise<void> => {
      const back = await launch.until(is('returned', 'lost'), deadlineMs);
      // A stage that cannot tell is no starter that does not return.
      if (back === null) await launch.act({ kind: 'processor-time' });
      else lost(back);
    };
    if (!request.foreground) {
      request.onPhase?.('waiting', 1);
      await starterReturns();
    }
    const settle = {
      tree,
      timeline,
      since,
      deadlineMs,
      request,
      runOf,
      starterReturns,
      atReturn: () => atReturn,
    };
    const run = await settleDown(settle);
    if (run.settling.by === 'nothing-left') await stageAnswers(launch);
    return run;
  } finally {
    stop();
  }
}

/** What nothing is left of may have been ended with its stage, and then nothing is known of it. @throws StageLost */
async function stageAnswers(launch: Launch): Promise<void> {
  try {
    await launch.act({ kind: 'read-file', path: '/dev/null' });
  } catch (error) {
    const lost = launch.events.find(is('lost'));
    throw lost === undefined ? error : new StageLost(lost.because);
  }
}

function endingOf({
  exitCode,
  signal,
}: {
  readonly exitCode: number | null;
  readonly signal: string | null;
}): string {
  return signal === null ? `exit status ${exitCode}` : `ended by ${signal}`;
}

interface SettleDown {
  readonly tree: Tree;
  readonly timeline: Timeline;
  readonly since: (atMs: number) => number;
  readonly deadlineMs: number;
  readonly request: FollowRequest;
  readonly runOf: (settled: Snapshot, atReturn: Snapshot | null, later: Snapshot | null, by: Settling) => Run;
  /** Until it is known how the starter ended, at most until the deadline. */
  readonly starterReturns: () => Promise<void>;
  readonly atReturn: () => Snapshot | null;
}

async function settleDown(settle: SettleDown): Promise<Run> {
  const { tree, timeline, since, deadlineMs, request, runOf } = settle;
  let snapshots = 0;
  const look = (): Snapshot => {
    const snapshot = takeSnapshot(tree);
    snapshots++;
    timeline.see(since(snapshot.atMs), snapshot.processes);
    request.onPhase?.('settling', snapshot.processes.length);
    return snapshot;
  };
  const holds = (snapshot: Snapshot): boolean =>
    request.holds(runOf(snapshot, settle.atReturn(), null, { by: 'stood', afterMs: 0, snapshots }));
  const finish = (
    by: Settling['by'],
    settled: Snapshot,
    later: Snapshot | null,
    afterMs = since(settled.atMs),
  ): Run => {
    timeline.add({ atMs: afterMs, pid: settled.daemon ?? tree.starter, event: 'settled', detail: by });
    return runOf(settled, settle.atReturn(), later, { by, afterMs, snapshots });
  };
  // A program that stays never says that it is ready: what holds at first may be its start-up alone.
  const passStands = request.foreground ? watchMs : passStandsMs;

  let interval = firstIntervalMs;
  let answer: boolean | null = null;
  let answerSince = 0;
  let wholeOnes = 0;
  for (;;) {
    request.signal?.throwIfAborted();
    const snapshot = look();
    // One that was gone when it was read may have left a child in its place.
    if (snapshot.whole && snapshot.processes.length === 0) {
      // The stage is about to say how the starter ended.
      await settle.starterReturns();
      return finish('nothing-left', snapshot, null);
    }
    if (snapshot.whole) {
      const now = holds(snapshot);
      if (now !== answer) {
        answer = now;
        answerSince = snapshot.beganMs;
        wholeOnes = 0;
      }
      wholeOnes++;
      const stood = snapshot.atMs - answerSince;
      if (answer && isAsleep(snapshot)) return finish('asleep', snapshot, null);
      if (answer && stood >= passStands) {
        return request.foreground ? finish('stood', snapshot, snapshot) : watch(snapshot);
      }
      if (!answer && stood >= failStandsMs && wholeOnes >= failNeedsWhole)
        return finish('stood', snapshot, snapshot);
    }
    if (snapshot.atMs >= deadlineMs) return finish('deadline', snapshot, snapshot);
    await wait(interval);
    interval = Math.min(interval * intervalGrowth, longestIntervalMs);
  }

  async function watch(settled: Snapshot): Promise<Run> {
    let last = settled;
    let lost = false;
    while (nowMs() < settled.atMs + watchMs) {
      request.signal?.throwIfAborted();
      await wait(longestIntervalMs);
      const snapshot = look();
      const replaced = snapshot.daemon !== settled.daemon;
      if (!replaced && !snapshot.whole) continue;
      last = snapshot;
      lost = replaced || !holds(snapshot);
      if (lost || isAsleep(snapshot)) break;
    }
    // Where nothing was lost the last look tells more: of handlers that came late, for instance.
    return finish('stood', lost ? settled : last, last, since(settled.atMs));
  }
}
