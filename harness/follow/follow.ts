/**
 * Follows one launch from the program's execution until what it became has settled.
 *
 * Longer than 250 lines: one loop, its end and what is told of it.
 */

import type { Surroundings } from '../facts/process.ts';
import type { Run, Settling, Starter } from '../facts/run.ts';
import type { CanaryReading } from '../launch/canary.ts';
import { type Event, is } from '../launch/events.ts';
import { beginDeadlineMs, type Launch } from '../launch/launcher-client.ts';
import { namedInside, placeOf } from '../launch/place-of.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { pidfileText } from '../observe/file-reading.ts';
import { pidIn } from '../observe/pidfile-text.ts';
import { awaitReturn } from './await-return.ts';
import { notificationIn } from './notification.ts';
import { launchRules, settle, stayingRules } from './settle.ts';
import { type Snapshot, type Tree, takeSnapshot } from './snapshot.ts';
import { requireStage, StageLost } from './stage-lost.ts';
import { startTimeline } from './timeline.ts';

export interface FollowRequest {
  /** What the canary showed; the parts of the run that are known before the program moves. */
  readonly given: Pick<Run, 'start' | 'isolation'> &
    Pick<CanaryReading, 'established' | 'launch' | 'isIsolated'>;
  readonly environmentMarker: string | null;
  readonly timeoutMs: number;
  /** The program is expected to stay: it is looked at without waiting for its return. */
  readonly foreground: boolean;
  readonly pidfile: string | null;
  /** Whether everything that is asked of the program holds in this provisional run. */
  readonly holds: (run: Run) => boolean;
  readonly onPhase?: (
    phase: 'waiting' | 'settling' | 'watching',
    processes: number,
    daemon: number | null,
  ) => void;
  /** Told when everything was seen; may end the launch. */
  readonly onSettled?: (run: Run) => Promise<void>;
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

/** Reads which process the pidfile names; null where none is declared, it names none, or is not there as yet. */
export function readPidfile(path: string | null, launch: Launch): () => number | null {
  return () => {
    // What keeps it from being read the requirements on pidfiles say.
    const text = path === null ? null : pidfileText(placeOf(launch, path));
    const named = text === null ? null : pidIn(text);
    return named === null ? null : namedInside(launch, named);
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

/**
 * Follows a launch and returns what is known of it.
 * @throws NotStarted, the signal's reason, or StageLost where nothing was started; a launch that is lost later is `lost`
 */
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
    declared: readPidfile(request.pidfile, launch),
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
    settled: Pick<Snapshot, 'daemon' | 'processes'>,
    atReturn: Snapshot | null,
    later: Snapshot | null,
    settling: Settling,
  ): Run => ({
    start: given.start,
    established: given.established,
    isolation: given.isolation,
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
    } else if (event.type === 'ending') {
      stop();
    } else if (event.type === 'ended') {
      timeline.add({ atMs: since(event.atMs), pid: event.pid, event: 'ended', detail: endingOf(event) });
    }
  });
  try {
    const deadlineMs = startedMs + timeoutMs;
    const starterReturns = async (): Promise<void> => {
      const back = await awaitReturn(launch, tree, { startedMs, deadlineMs, isAlone: given.isIsolated });
      // A stage that cannot tell is no starter that does not return.
      if (back === null) await launch.act({ kind: 'processor-time' });
      else lost(back);
    };
    if (!request.foreground) {
      request.onPhase?.('waiting', 1, null);
      await starterReturns();
    }
    let snapshots = 0;
    let phase: 'settling' | 'watching' = 'settling';
    const look = (): Snapshot => {
      // What was seen at the return may show already that nothing comes after it.
      const snapshot = snapshots === 0 && atReturn !== null ? atReturn : takeSnapshot(tree);
      snapshots++;
      timeline.see(since(snapshot.atMs), snapshot.processes);
      request.onPhase?.(phase, snapshot.processes.length, snapshot.daemon);
      return snapshot;
    };
    const settling = (
      by: Settling['by'],
      afterMs = 0,
      stoodMs = 0,
      moving: readonly string[] = [],
    ): Settling => ({
      by,
      afterMs,
      stoodMs,
      snapshots,
      moving,
    });
    const settled = await settle(
      {
        look,
        isExpected: (snapshot) => request.holds(runOf(snapshot, atReturn, null, settling('stood'))),
        onWatch: ({ processes, daemon }) => {
          phase = 'watching';
          request.onPhase?.(phase, processes.length, daemon);
        },
      },
      request.foreground ? stayingRules : launchRules,
      { deadlineMs, signal: request.signal },
    );
    const { by, snapshot, later, stoodMs, moving } = settled;
    // The stage is about to say how the starter ended.
    if (by === 'nothing-left') await starterReturns();
    const afterMs = since(snapshot.atMs);
    timeline.add({ atMs: afterMs, pid: snapshot.daemon ?? tree.starter, event: 'settled', detail: by });
    const run = runOf(snapshot, atReturn, later, settling(by, afterMs, stoodMs, moving));
    await request.onSettled?.(run);
    await requireStage(launch);
    return run;
  } catch (error) {
    if (!(error instanceof StageLost)) throw error;
    const nothing = { daemon: null, processes: [] };
    const unsettled: Settling = { by: 'nothing-left', afterMs: 0, stoodMs: 0, snapshots: 0, moving: [] };
    return { ...runOf(nothing, null, null, unsettled), lost: error.because };
  } finally {
    stop();
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
