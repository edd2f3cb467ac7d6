/** What a stage does for a launch that is held; and for one that is not, nothing. */

import type { CountedStart, HeldEvent, HeldStart } from '../facts/held-start.ts';
import { pidOutside } from '../isolation/process-ids.ts';
import {
  PTRACE_O_EXITKILL,
  PTRACE_O_TRACECLONE,
  PTRACE_O_TRACEEXEC,
  PTRACE_O_TRACEFORK,
  PTRACE_O_TRACESYSGOOD,
  PTRACE_O_TRACEVFORK,
  seize,
} from '../libc/linux/ptrace.ts';
import { CallCounter } from './call-counter.ts';
import type { Follower } from './follower.ts';
import { Schedule, type ScheduleHooks } from './schedule.ts';

/** EXITKILL: what is followed ends with the stage, also where that is killed. */
const options =
  PTRACE_O_EXITKILL |
  PTRACE_O_TRACECLONE |
  PTRACE_O_TRACEEXEC |
  PTRACE_O_TRACEFORK |
  PTRACE_O_TRACESYSGOOD |
  PTRACE_O_TRACEVFORK;

export class HeldLaunch {
  readonly #asked: HeldStart | CountedStart | undefined;
  readonly #hooks: ScheduleHooks;
  #follower: Follower | null = null;
  /** Ended and told of, and not yet waited for by their own parents. */
  readonly #told = new Set<number>();

  /** As they are seen outside, by the IDs inside: who has ended has none any more that could be asked for. */
  readonly #names = new Map<number, number>();

  constructor(asked: HeldStart | CountedStart | undefined, hooks: ScheduleHooks) {
    this.#asked = asked;
    this.#hooks = { ...hooks, tell: (event) => hooks.tell(this.#asSeenOutside(event)) };
  }

  #nameOf(pid: number): number {
    const name = this.#names.get(pid) ?? pidOutside(pid);
    this.#names.set(pid, name);
    return name;
  }

  #asSeenOutside(event: HeldEvent): HeldEvent {
    switch (event.type) {
      case 'held':
        // A number that is given out again is that of another process.
        this.#names.delete(event.pid);
        return { ...event, pid: this.#nameOf(event.pid), parent: this.#nameOf(event.parent) };
      case 'interrupted':
        return { ...event, pid: this.#nameOf(event.pid), parent: this.#nameOf(event.parent) };
      case 'let-go': {
        const { waiter } = event;
        const named = waiter === null ? null : { ...waiter, pid: this.#nameOf(waiter.pid) };
        return { ...event, pid: this.#nameOf(event.pid), waiter: named };
      }
      case 'held-at-return':
        return { ...event, held: event.held.map((one) => ({ ...one, pid: this.#nameOf(one.pid) })) };
      case 'counted':
      case 'not-held':
        return event;
    }
  }

  /** To be called with the program's process before it runs; null where nobody is to be held. */
  get follow(): ((pid: number) => void) | null {
    const asked = this.#asked;
    if (asked === undefined) return null;
    return (pid) => {
      if (process.platform !== 'linux') {
        this.#hooks.tell({ type: 'not-held', because: `on ${process.platform} no process is held` });
        return;
      }
      const { errno } = seize(pid, options);
      if (errno === null) this.#follower = this.#followerOf(pid, asked);
      else this.#hooks.tell({ type: 'not-held', because: `ptrace(PTRACE_SEIZE): ${errno}` });
    };
  }

  #followerOf(pid: number, asked: HeldStart | CountedStart): Follower {
    return asked.order === 'counted'
      ? new CallCounter(pid, asked, this.#hooks.tell)
      : new Schedule(pid, asked, this.#hooks);
  }

  /** A process was waited for that has not ended. */
  stopped(pid: number, waitStatus: number): void {
    // A number that is given out again is that of another process.
    if (this.#follower?.stopped(pid, waitStatus) === true) this.#told.delete(pid);
  }

  /**
   * A process was waited for that has ended. False for what is to be told to nobody: a thread, or a process whose end
   * was told when its follower learnt of it, before its parent.
   */
  ended(pid: number): boolean {
    if (this.#follower === null) return true;
    const what = this.#follower.ended(pid);
    if (what === 'process') this.#told.add(pid);
    return what === 'process' || (what === 'unknown' && !this.#told.delete(pid));
  }

  returning(): void {
    this.#follower?.returning();
  }

  returned(): void {
    this.#follower?.returned();
  }

  letGo(): void {
    this.#follower?.letGo('asked');
  }

  waitMs(): number {
    return this.#follower?.waitMs() ?? -1;
  }

  look(): void {
    this.#follower?.look();
  }
}

/** A launch in which nobody is held. */
export const unheld = new HeldLaunch(undefined, { tell: () => {}, nowMs: () => 0, interrupt: () => null });
