/** All processes of one program at one moment, with the roles they play. */

import { type Activity, isUnreadable, type ProcessFacts, type Surroundings } from '../facts/process.ts';
import type { ObservedProcess, ProcessRole } from '../facts/run.ts';
import { nowMs } from '../libc/time.ts';
import { observer } from '../observe/system.ts';

export interface Snapshot {
  /** Milliseconds of CLOCK_MONOTONIC when the first and the last fact had been read. */
  readonly beganMs: number;
  readonly atMs: number;
  readonly processes: readonly ObservedProcess[];
  /** What each of them does with its time, by process ID. */
  readonly activities: ReadonlyMap<number, Activity>;
  /** The daemon's process ID; null while the starter has not returned, or if nothing survived. */
  readonly daemon: number | null;
  /** No process came, went or ran while it was read, so that all facts are of one moment. */
  readonly whole: boolean;
}

export interface Tree {
  readonly stage: number;
  readonly starter: number;
  /** The starter has not returned and is not expected to: it is itself the daemon. */
  readonly foreground: boolean;
  readonly surroundings: Surroundings;
  /** Processes that the stage told of, since their parents do not lead to it: where orphans are handed to process 1. */
  readonly told: () => readonly number[];
  /** Process ID in the declared pidfile, if there is one. */
  readonly declared: () => number | null;
}

const parentOf = (facts: ProcessFacts): number | null =>
  isUnreadable(facts.parent) ? null : facts.parent.pid;

/** A direct child of the stage that has ended is only waiting for the stage to reap it, or for process 1. */
function isReaped(facts: ProcessFacts, tree: Tree): boolean {
  return facts.state === 'Z' && isOrphan(facts, tree);
}

function age(facts: ProcessFacts): number {
  return isUnreadable(facts.startTime) ? Number.MAX_SAFE_INTEGER : facts.startTime;
}

/** Whether it lost its parent: it is then the stage's, or that of process 1 where nothing else is to be had. */
function isOrphan(facts: ProcessFacts, { stage, told }: Tree): boolean {
  const parent = parentOf(facts);
  return parent === stage || (parent === 1 && told().includes(facts.pid));
}

/** The declared one, else the oldest surviving orphan; processes of one clock tick go by process ID. */
function findDaemon(all: readonly ProcessFacts[], tree: Tree): number | null {
  const { starter, foreground, declared } = tree;
  if (all.some(({ pid }) => pid === starter)) return foreground ? starter : null;
  const named = declared();
  if (named !== null && all.some(({ pid }) => pid === named)) return named;
  const orphans = all.filter((facts) => isOrphan(facts, tree));
  orphans.sort((a, b) => age(a) - age(b) || a.pid - b.pid);
  return orphans[0]?.pid ?? all[0]?.pid ?? null;
}

function isBelow(pid: number, ancestor: number, parents: ReadonlyMap<number, number | null>): boolean {
  for (let at = parents.get(pid) ?? null, steps = 0; at !== null && steps < parents.size; steps++) {
    if (at === ancestor) return true;
    at = parents.get(at) ?? null;
  }
  return false;
}

function withRoles(all: readonly ProcessFacts[], daemon: number | null, starter: number): ObservedProcess[] {
  const parents = new Map(all.map((facts) => [facts.pid, parentOf(facts)]));
  const role = (pid: number): ProcessRole => {
    if (pid === daemon) return 'daemon';
    if (pid === starter) return 'starter';
    return daemon !== null && isBelow(pid, daemon, parents) ? 'worker' : 'survivor';
  };
  return all.map((facts) => ({ role: role(facts.pid), ...facts }));
}

export function takeSnapshot(tree: Tree): Snapshot {
  const { descendantsOf, observeProcess } = observer();
  const beganMs = nowMs();
  const below = (): readonly number[] => [...new Set([...descendantsOf(tree.stage), ...tree.told()])];
  const before = below();
  let whole = true;
  const all: ProcessFacts[] = [];
  const activities = new Map<number, Activity>();
  for (const pid of before) {
    const seen = observeProcess(pid, tree.surroundings);
    if ('gone' in seen) {
      whole = false;
      continue;
    }
    if (isReaped(seen.facts, tree)) continue;
    whole &&= seen.whole;
    all.push(seen.facts);
    activities.set(pid, seen.activity);
  }
  const after = below();
  whole &&= after.length === before.length && after.every((pid) => before.includes(pid));
  const daemon = findDaemon(all, tree);
  return {
    beganMs,
    atMs: nowMs(),
    processes: withRoles(all, daemon, tree.starter),
    activities,
    daemon,
    whole,
  };
}

/** Every process sleeps in a wait that no clock ends, with no signal pending: nothing can change by itself. */
export function isAsleep({ processes }: Snapshot): boolean {
  return processes.every(
    ({ waiting, signals }) =>
      waiting === 'without-timeout' && !isUnreadable(signals) && signals.pending.length === 0,
  );
}
