/**
 * What kevent(2) with NOTE_TRACK tells of a tree of processes: a pure account of what is there, from events alone.
 *
 * A child is told with NOTE_CHILD and its parent as data, an end with NOTE_EXIT and the wait status as data. FreeBSD
 * may tell a child twice; OpenBSD puts child, fork and exit of a short-lived process into one event, whose data is
 * then the status, so that its parent is not known.
 */

import { type Kevent, NOTE_CHILD, NOTE_EXIT, NOTE_TRACKERR } from '../libc/bsd/kevent.ts';

export interface EndedProcess {
  readonly pid: number;
  readonly waitStatus: number;
}

export interface TreeEvents {
  /** Processes seen for the first time. */
  readonly forked: readonly number[];
  readonly ended: readonly EndedProcess[];
  /** Processes of which a child could not be followed: it and what it forks are unknown. */
  readonly lost: readonly number[];
}

export class ProcessTree {
  readonly #there = new Set<number>();
  /** Root of every process that is there or was: a parent may be told of after its end. */
  readonly #roots = new Map<number, number>();
  readonly #added = new Set<number>();

  /** Takes in a process that the caller has forked. */
  add(pid: number): void {
    this.#there.add(pid);
    this.#roots.set(pid, pid);
    this.#added.add(pid);
  }

  take(events: readonly Kevent[]): TreeEvents {
    const forked: number[] = [];
    const ended: EndedProcess[] = [];
    const lost: number[] = [];
    for (const { ident, fflags, data } of events) {
      const has = (note: number): boolean => (fflags & note) !== 0;
      if (has(NOTE_TRACKERR)) lost.push(ident);
      if (has(NOTE_CHILD) && !this.#there.has(ident) && !ended.some(({ pid }) => pid === ident)) {
        this.#there.add(ident);
        this.#roots.set(ident, this.#rootOf(ident, has(NOTE_EXIT) ? null : data));
        forked.push(ident);
      }
      if (has(NOTE_EXIT) && this.#there.delete(ident)) ended.push({ pid: ident, waitStatus: data });
    }
    return { forked, ended, lost };
  }

  /** Of an unknown parent: the only tree that was ever added, or one of its own. */
  #rootOf(pid: number, parent: number | null): number {
    const known = parent === null ? undefined : this.#roots.get(parent);
    const [only, another] = this.#added;
    return known ?? (another === undefined ? only : undefined) ?? pid;
  }

  drop(pid: number): void {
    this.#there.delete(pid);
  }

  get size(): number {
    return this.#there.size;
  }

  held(): readonly { readonly pid: number; readonly root: number }[] {
    return [...this.#there].map((pid) => ({ pid, root: this.#roots.get(pid) ?? pid }));
  }
}
