/**
 * What kevent(2) with NOTE_TRACK tells of a tree of processes: a pure account of what is there, from events alone.
 *
 * A child is told with NOTE_CHILD and its parent as data, an end with NOTE_EXIT and the wait status as data. FreeBSD
 * may tell a child twice; OpenBSD puts child, fork and exit of a short-lived process into one event, whose data is
 * then the status, so that its parent is not known.
 */

import { type Kevent, NOTE_CHILD, NOTE_EXIT, NOTE_TRACKERR } from '../libc/kevent.ts';

export interface Ended {
  readonly pid: number;
  readonly waitStatus: number;
}

export interface Told {
  /** Processes seen for the first time. */
  readonly forked: readonly number[];
  readonly ended: readonly Ended[];
  /** Processes of which a child could not be followed: it and what it forks are unknown. */
  readonly lost: readonly number[];
}

export class ProcessTree {
  /** Root of every process that is there. */
  readonly #roots = new Map<number, number>();

  /** Takes in a process that the caller has forked. */
  add(pid: number): void {
    this.#roots.set(pid, pid);
  }

  take(events: readonly Kevent[]): Told {
    const forked: number[] = [];
    const ended: Ended[] = [];
    const lost: number[] = [];
    for (const { ident, fflags, data } of events) {
      const has = (note: number): boolean => (fflags & note) !== 0;
      if (has(NOTE_TRACKERR)) lost.push(ident);
      if (has(NOTE_CHILD) && !this.#roots.has(ident) && !ended.some(({ pid }) => pid === ident)) {
        // Where the event is of its end too, the parent is not told: the only tree there is, or a tree of its own.
        const [only, another] = new Set(this.#roots.values());
        const unknown = another === undefined ? (only ?? ident) : ident;
        this.#roots.set(ident, has(NOTE_EXIT) ? unknown : (this.#roots.get(data) ?? unknown));
        forked.push(ident);
      }
      if (has(NOTE_EXIT) && this.#roots.delete(ident)) ended.push({ pid: ident, waitStatus: data });
    }
    return { forked, ended, lost };
  }

  drop(pid: number): void {
    this.#roots.delete(pid);
  }

  get size(): number {
    return this.#roots.size;
  }

  held(): readonly { readonly pid: number; readonly root: number }[] {
    return [...this.#roots].map(([pid, root]) => ({ pid, root }));
  }
}
