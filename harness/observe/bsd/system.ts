/** An observer of a BSD, from what tells its kernel from the others. */

import type { Activity, FactName, ProcessFacts, Surroundings } from '../../facts/process.ts';
import type { Kin } from '../kin.ts';
import type { Observer } from '../observer.ts';
import { type EvidenceLines, evidenceFrom, ps } from './evidence.ts';
import { factsFrom, factsUnreadable, type Readers } from './readers.ts';

/** The kernel's record of one process. */
export type Look =
  | { readonly kind: 'read'; readonly record: Buffer }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly because: string };

export interface System<Source> {
  look(pid: number): Look;
  /** Reads whatever the record does not hold. */
  gather(pid: number, record: Buffer, surroundings: Surroundings): Source;
  readonly readers: Readers<Source>;
  readonly lines: EvidenceLines;
  /** The start time as the record holds it: the process is another if it differs. Null where a zombie has none. */
  startOf(record: Buffer): string | null;
  /** Identity, state and what it has used: equal before and after a reading if it did not run meanwhile. */
  momentOf(record: Buffer): string;
  /** It is ending: descriptors and directories are gone although it is no zombie yet. */
  ending(record: Buffer): boolean;
  /** The fact `startTime`, null if it cannot be read. */
  startTimeOf(record: Buffer): number | null;
  /** What it has used of processors. Milliseconds. */
  processorMsOf(record: Buffer): number;
  /** The command that lists what a process has open. */
  listingOf(pid: number): string;
  /** Every process that can be seen; none where they cannot be listed. */
  everyProcess(): readonly Kin[];
}

/**
 * What clock wakes it is not told by these systems. Nor is how long it waited for a processor: between two sleeps what it
 * used of one is known, but not how long one that runs was kept from running.
 *
 * @param processorMs what it has used of processors; null where its record could not be read
 */
function activityFrom({ state, waiting }: ProcessFacts, processorMs: number | null): Activity {
  const asleep = state === 'T' || state === 'Z' || (state === 'S' && waiting !== 'no');
  return { asleep, busyMs: asleep ? processorMs : null, timedSleeps: [] };
}

export function observerOf<Source>(system: System<Source>): Observer {
  const { readers } = system;
  return {
    observeProcess(pid, surroundings) {
      if (!Number.isSafeInteger(pid) || pid < 1) throw new RangeError(`${pid} is not a process ID`);
      const before = system.look(pid);
      if (before.kind === 'gone') return { gone: true, pid };
      if (before.kind === 'unreadable') {
        const facts = factsUnreadable(readers, pid, before.because);
        return { facts, whole: false, activity: activityFrom(facts, null) };
      }
      const facts = factsFrom(readers, system.gather(pid, before.record, surroundings));
      const activity = activityFrom(facts, system.processorMsOf(before.record));
      const after = system.look(pid);
      if (after.kind === 'gone') return { gone: true, pid };
      if (after.kind === 'unreadable') return { facts, whole: false, activity };
      const [first, second] = [system.startOf(before.record), system.startOf(after.record)];
      // The pid was given to another process: the observed one has ended.
      if (first !== null && second !== null && first !== second) return { gone: true, pid };
      const whole =
        !system.ending(before.record) && system.momentOf(before.record) === system.momentOf(after.record);
      return { facts, whole, activity };
    },
    identityOf(pid) {
      const found = system.look(pid);
      return found.kind === 'read' ? system.startTimeOf(found.record) : null;
    },
    descendantsOf(pid) {
      const parents = system.everyProcess().map((one) => [one.pid, one.parent] as const);
      return descendants(pid, new Map(parents));
    },
    everyProcess: () => system.everyProcess(),
    processorTimeOf(pid) {
      const found = system.look(pid);
      if (found.kind !== 'read') return null;
      const evidence = [ps('time', pid, 'user and system time')];
      return {
        processorMs: system.processorMsOf(found.record),
        resolutionMs: 0.001,
        threads: new Map(),
        evidence,
      };
    },
    // ru_oublock counts blocks that reach a disk, and nothing counts calls.
    writesOf: () => null,
    listingOf: system.listingOf,
    evidenceOf: evidenceFrom(system.lines) satisfies (process: ProcessFacts, name: FactName) => string[],
  };
}

function descendants(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const children = new Map<number, number[]>();
  for (const [child, parent] of parents) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [child]);
    else siblings.push(child);
  }
  const found = new Set<number>();
  const pending = [pid];
  for (let parent = pending.shift(); parent !== undefined; parent = pending.shift()) {
    for (const child of children.get(parent) ?? []) {
      // Process 0 is its own parent.
      if (child === pid || found.has(child)) continue;
      found.add(child);
      pending.push(child);
    }
  }
  return [...found];
}
