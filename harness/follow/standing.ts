/**
 * The clock of standing: for how long a program has been what it is, counting only time in which nothing of it was on
 * its way. One that runs, waits for a processor or for a disk may be about to change, however long that takes.
 */

import { type Descriptor, isUnreadable, type TimedSleep } from '../facts/process.ts';
import type { ObservedProcess } from '../facts/run.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Longest timeout of a wait for an event that is waited out, milliseconds: longer ones are periodic work, not start-up.
 */
const soonMs = 2000;
/**
 * Number of changes of work descriptors (see isWork) that restart the clock; later ones are the program's regular work.
 */
const workAfterChanges = 3;
/** How long a sleep whose end the kernel does not tell is waited for, milliseconds. */
const untoldMs = 1000;

export interface Standing {
  /** Milliseconds for which the shape has stood while everything slept. */
  readonly stoodMs: number;
  /** The same of all shapes it has had. */
  readonly calmMs: number;
  /** Whole snapshots that showed this shape. */
  readonly looks: number;
  /** What keeps it from being settled now, as sentences; empty where everything sleeps and no sleep ends soon. */
  readonly moving: readonly string[];
  /** Of these, what does not sleep. */
  readonly awake: readonly string[];
}

/**
 * Work descriptors: sockets, files and the like above the standard streams, which a daemon opens and closes for ever.
 */
function isWork({ fd, kind, planted }: Descriptor): boolean {
  return fd > 2 && planted === null && kind !== 'terminal';
}

const nameDescriptor = ({ fd, target, access }: Descriptor) => [fd, target, access];

/** Everything the steps of becoming a daemon change, of every process of the program. */
function shapeOf(processes: readonly ObservedProcess[]): string {
  return JSON.stringify(
    processes.map((each) => [
      each.role,
      each.pid,
      each.startTime,
      each.parent,
      each.session,
      each.processGroup,
      each.terminal,
      each.foregroundProcessGroup,
      each.fileModeCreationMask,
      each.workingDirectory,
      each.rootDirectory,
      each.executable,
      each.userIds,
      each.groupIds,
      each.nice,
      each.state === 'Z' || each.state === 'T' ? each.state : null,
      isUnreadable(each.descriptors)
        ? each.descriptors
        : each.descriptors.filter((one) => !isWork(one)).map(nameDescriptor),
      isUnreadable(each.signals)
        ? each.signals
        : [each.signals.blocked, each.signals.ignored, each.signals.caught],
    ]),
  );
}

function workOf(processes: readonly ObservedProcess[]): string {
  return JSON.stringify(
    processes.map(({ descriptors }) =>
      isUnreadable(descriptors) ? null : descriptors.filter(isWork).map(nameDescriptor),
    ),
  );
}

interface Sleeping extends TimedSleep {
  readonly pid: number;
  readonly name: string;
}

function nameOf({ pid, commandName }: ObservedProcess): string {
  return `process ${pid} (${isUnreadable(commandName) ? '?' : commandName})`;
}

function awakeIn({ processes, activities }: Snapshot): string[] {
  return processes
    .filter(({ pid }) => activities.get(pid)?.asleep !== true)
    .map((each) => `${nameOf(each)} was ${each.state === 'D' ? 'in an uninterruptible sleep' : 'running'}`);
}

function sleepsIn({ processes, activities }: Snapshot): Sleeping[] {
  return processes.flatMap((each) =>
    (activities.get(each.pid)?.timedSleeps ?? []).map((sleep) => ({
      ...sleep,
      pid: each.pid,
      name: nameOf(each),
    })),
  );
}

/** Milliseconds between two snapshots in which a process ran or was runnable; infinite where that is not known. */
function busyBetween(before: Snapshot, now: Snapshot): number {
  let sum = 0;
  for (const [pid, { busyMs, asleep }] of now.activities) {
    const earlier = before.activities.get(pid);
    if (busyMs !== null && earlier?.busyMs !== undefined && earlier.busyMs !== null) {
      sum += Math.max(0, busyMs - earlier.busyMs);
      // An uninterruptible sleep is in neither of the kernel's two figures.
      if (asleep && earlier.asleep) continue;
      const { state } = now.processes.find((each) => each.pid === pid) ?? {};
      if (state === 'R') continue;
      return Number.POSITIVE_INFINITY;
    }
    if (!asleep || earlier?.asleep !== true) return Number.POSITIVE_INFINITY;
  }
  return sum;
}

/**
 * @param deadlineMs time of the last look, CLOCK_MONOTONIC in milliseconds: sleeps that end later are not waited for
 * @returns a function to be called with each whole snapshot, in order
 */
export function startStanding(deadlineMs: number): (snapshot: Snapshot) => Standing {
  let shape = '';
  let work = '';
  let worked = 0;
  let last: Snapshot | null = null;
  let stoodMs = 0;
  let calmMs = 0;
  let looks = 0;
  /**
   * Sleeps at the first sight of this shape: once one of them has ended without a change, its successors are not waited
   * for.
   */
  let first = new Map<string, { readonly moment: string; readonly endsMs: number | null }>();
  const keyOf = ({ pid, of }: Sleeping): string => `${pid} ${of}`;

  return (snapshot) => {
    const now = shapeOf(snapshot.processes);
    const nowAtWork = workOf(snapshot.processes);
    if (now !== shape) worked = 0;
    else if (nowAtWork !== work) worked++;
    const isChanged = now !== shape || (nowAtWork !== work && worked <= workAfterChanges);
    [shape, work] = [now, nowAtWork];
    const sleeps = sleepsIn(snapshot);
    const calm = last === null ? 0 : Math.max(0, snapshot.atMs - last.atMs - busyBetween(last, snapshot));
    calmMs += calm;
    if (isChanged || last === null) {
      [stoodMs, looks] = [0, 0];
      first = new Map();
    } else {
      stoodMs += calm;
    }
    for (const sleep of sleeps) {
      if (first.has(keyOf(sleep))) continue;
      const { moment, atMostMs } = sleep;
      first.set(keyOf(sleep), { moment, endsMs: atMostMs === null ? null : snapshot.atMs + atMostMs });
    }
    looks++;
    last = snapshot;
    const soon = sleeps.filter((sleep) => {
      const known = first.get(keyOf(sleep));
      if (known === undefined || known.moment !== sleep.moment) return false;
      if (known.endsMs === null) return stoodMs < untoldMs;
      return known.endsMs < deadlineMs && (sleep.kind === 'clock' || (sleep.atMostMs ?? 0) <= soonMs);
    });
    const awake = awakeIn(snapshot);
    const waking = soon.map(({ name, kind, atMostMs }) => {
      const length = atMostMs === null ? 'an unknown time' : `${Math.round(atMostMs)} ms`;
      return kind === 'clock'
        ? `${name} slept on the clock for ${length}`
        : `${name} waited for an event for ${length} at most`;
    });
    return { stoodMs, calmMs, looks, moving: [...new Set([...awake, ...waking])], awake };
  };
}
