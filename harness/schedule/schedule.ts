/**
 * Who may run when, in a start that is held: ptrace(2) stops every new process at its birth, and it goes on when it is
 * its turn. So a race between a starter and its daemon is not sampled, it is decided.
 *
 * Child last: the starter runs as long as it can. When it sleeps until something happens, the process that was born
 * last runs, from system call to system call, and is held again as soon as somebody before it is awake. A sleep on the
 * clock alone lets nobody go: time is no guarantee. But whoever comes back from it again and again, to look for a
 * pidfile for instance, outlasts the hold, which is waiting too.
 *
 * Longer than 250 lines: who goes on when is one set of rules, each of which needs the others to be true.
 */

import type { HeldEvent, HeldStart, LetGoBecause } from '../facts/held-start.ts';
import {
  callStop,
  detach,
  eventMessage,
  leaveStopped,
  letGoOn,
  letStep,
  ptraceStop,
} from '../libc/linux/ptrace.ts';
import { getpgid } from '../libc/unistd.ts';
import type { Follower } from './follower.ts';
import { whyUnprivileged } from './privileged-image.ts';
import { type Process, ProcessTable, type Thread } from './process-table.ts';
import { noSleep, processorMsOf, type Sleep, sleepOf, type TimedSleep } from './sleep.ts';
import { unnoticedCalls } from './unnoticed-calls.ts';

export interface ScheduleHooks {
  readonly tell: (event: HeldEvent) => void;
  readonly nowMs: () => number;
  /** Sends SIGTERM to the group of this process, the starter; says what kill(2) said. */
  readonly interrupt: (starter: number) => string | null;
}

/** What a process that is not let go waits for. */
interface AwaitedSleep {
  readonly process: Process;
  readonly sleep: TimedSleep;
}

/** From system call to system call costs two stops each: who makes more calls than this is let run. */
const mostSteps = 40_000;
/** Between two looks at who sleeps, of which the kernel sends no word. Milliseconds. */
const lookMs = { shortest: 1, longest: 5 } as const;

export class Schedule implements Follower {
  readonly #followed = new ProcessTable();
  readonly #starter: number;
  readonly #asked: HeldStart;
  readonly #hooks: ScheduleHooks;
  #free = false;
  #returned = false;
  #steps = 0;
  #forks = 0;
  /** Parents that have stopped at a fork whose child has not yet, by that child. */
  readonly #awaited = new Map<number, Thread>();
  /** And children whose parents have not yet. */
  readonly #early = new Set<number>();
  #interrupting: { readonly parent: Thread; readonly child: number } | null = null;
  #leaving: { readonly parent: Thread; readonly child: number } | null = null;
  readonly #heldAtReturn = new Set<number>();
  /** They slept until something happens when the starter returned: what they do then, they do for somebody else. */
  readonly #doneAtReturn = new Set<number>();
  #wait: number = lookMs.shortest;
  /** Sleep on the clock and processor time of those for whom others are held. */
  #spentMs = 0;
  #ahead: {
    readonly pid: number;
    readonly asleep: boolean;
    readonly atMs: number;
    readonly cpuMs: number;
  } | null = null;

  /** @param starter already followed by this process */
  constructor(starter: number, asked: HeldStart, hooks: ScheduleHooks) {
    this.#starter = starter;
    this.#asked = asked;
    this.#hooks = hooks;
    this.#followed.add(starter);
  }

  /** A process that is followed has stopped; false for one that is not. */
  stopped(tid: number, status: number): boolean {
    const stop = ptraceStop(status);
    if (stop === null) return false;
    const thread = this.#followed.thread(tid) ?? this.#born(tid);
    if (thread === undefined) return false;
    if (stop.kind === 'group-stop') {
      leaveStopped(tid);
      return true;
    }
    if (stop.kind === 'exec') {
      this.#followed.keepLeader(thread.process);
      this.#followed.vforkEnds(tid);
      const because = whyUnprivileged(tid);
      if (because !== null) this.#hooks.tell({ type: 'not-held', because });
    }
    const isFork = stop.kind === 'fork' || stop.kind === 'vfork' || stop.kind === 'clone';
    thread.stopped = { signo: stop.kind === 'signal' ? stop.signo : 0, atFork: isFork };
    if (this.#free || this.#doneAtReturn.has(thread.process.pid)) {
      this.#leave(thread);
      return true;
    }
    if (stop.kind === 'system-call') {
      this.#steps++;
      if (this.#leaves(thread.process)) {
        this.#interrupt(thread.process.pid);
        return true;
      }
      if (this.#isUnnoticed(thread)) {
        thread.stopped = null;
        letStep(tid, 0);
        return true;
      }
    }
    if (isFork) this.#forked(thread, eventMessage(tid), stop.kind === 'vfork');
    if (!this.#free) this.#decide(false);
    return true;
  }

  /** Nobody can have been woken since it stopped the last time: it goes on, and nobody is looked at. */
  #isUnnoticed(thread: Thread): boolean {
    const { process } = thread;
    const isAwaited = this.#returned || this.#interrupting?.parent.process === process;
    if (isAwaited || !process.steps || this.#steps >= mostSteps) return false;
    const stop = callStop(thread.tid);
    if (stop.kind === 'beginning') thread.call = stop.number;
    return (
      stop.kind === 'beginning' ||
      (stop.kind === 'ended' && thread.call !== null && unnoticedCalls.has(thread.call))
    );
  }

  #born(tid: number): Thread | undefined {
    const thread = this.#followed.add(tid);
    const forker = this.#awaited.get(tid);
    this.#awaited.delete(tid);
    if (forker === undefined) this.#early.add(tid);
    if (thread !== undefined && this.#doneAtReturn.has(thread.process.parent)) {
      this.#doneAtReturn.add(thread.process.pid);
      return thread;
    }
    // A thread is held with its process, and not for itself.
    if (thread === undefined || this.#free || thread.process.pid !== tid) return thread;
    const { pid, parent } = thread.process;
    this.#hooks.tell({ type: 'held', pid, parent, atMs: this.#hooks.nowMs() });
    if (forker !== undefined) this.#birthIsWhole(forker, tid);
    return thread;
  }

  #forked(parent: Thread, child: number, vfork: boolean): void {
    if (vfork) parent.vforked = child;
    if (!this.#early.delete(child)) {
      // The child stops as well before it runs; until then its parent is kept where it forked.
      this.#awaited.set(child, parent);
      return;
    }
    const known = this.#followed.thread(child);
    if (known === undefined || known.process.pid !== child) return;
    this.#followed.bornOf(known.process, parent.process.pid);
    this.#birthIsWhole(parent, child);
  }

  #birthIsWhole(parent: Thread, child: number): void {
    this.#forks++;
    const moment = this.#asked.interruptedAt;
    if (moment === null || moment.fork !== this.#forks) return;
    if (moment.newProcess === 'gone from the group') {
      this.#leaving = { parent, child };
      return;
    }
    this.#interrupting = { parent, child };
    if (moment.newProcess === 'held') this.#interrupt();
  }

  /** Whether it is the one at whose leave the start is interrupted, and has left. */
  #leaves({ pid }: Process): boolean {
    if (this.#leaving?.child !== pid || getpgid(pid).value === getpgid(this.#starter).value) return false;
    this.#interrupting = this.#leaving;
    return true;
  }

  /** @param but stays held */
  #interrupt(but: number | null = null): void {
    if (this.#interrupting === null) return;
    const { parent, child } = this.#interrupting;
    this.#interrupting = null;
    const errno = this.#hooks.interrupt(this.#starter);
    const atMs = this.#hooks.nowMs();
    const pids = { pid: child, parent: parent.process.pid };
    this.#hooks.tell({ type: 'interrupted', fork: this.#forks, ...pids, atMs, errno });
    this.letGo('interrupted', but);
  }

  /** A process that is followed, or a thread of one, has ended: `process` if that is to be told, `thread` if not. */
  ended(tid: number): 'process' | 'thread' | 'unknown' {
    this.#awaited.delete(tid);
    const thread = this.#followed.remove(tid);
    if (thread === undefined) return 'unknown';
    this.#followed.vforkEnds(tid);
    // What it forked just before is told of by nobody else.
    for (const { pid, parent } of this.#followed.processes.values()) {
      if (parent === tid) this.#early.delete(pid);
    }
    if (tid === this.#starter) this.#returned = true;
    if (!this.#free) this.#decide(false);
    return thread.process.pid === tid ? 'process' : 'thread';
  }

  knows(pid: number): boolean {
    return this.#followed.known.has(pid);
  }

  /** Whose turn comes first: parents before their children or after them, and of one generation who was born last. */
  #ranked(): readonly Process[] {
    const sign = this.#asked.order === 'child-last' ? 1 : -1;
    const all = [...this.#followed.processes.values()].reverse();
    return all.sort((one, other) => sign * (one.generation - other.generation));
  }

  /** Lets the first go who can; everybody after it stays where it has stopped, or stops at its next call. */
  #decide(keepsTime: boolean): void {
    // What is held when the starter has ended was not waited for.
    if (this.#returned) return;
    const childLast = this.#asked.order === 'child-last';
    let waiter: AwaitedSleep | null = null;
    for (const process of this.#ranked()) {
      const stopped = [...process.threads.values()].filter((thread) => thread.stopped !== null);
      if (stopped.length > 0) {
        if (this.#isIncomplete(process, stopped)) return;
        if (this.#interrupting?.parent.process === process) {
          this.#interrupt();
          return;
        }
        this.#resume(process, stopped, waiter);
        this.#ahead = null;
        return;
      }
      const sleep = this.#sleepOf(process);
      if (sleep.kind === 'event' || (sleep.kind === 'clock' && !childLast)) {
        waiter ??= { process, sleep };
        continue;
      }
      this.#wait = lookMs.shortest;
      if (keepsTime) this.#keepTime(process, sleep);
      return;
    }
    this.#ahead = null;
  }

  /** Of a fork, one of the two has stopped, and the other is about to. */
  #isIncomplete({ pid, parent }: Process, stopped: readonly Thread[]): boolean {
    if (this.#early.has(pid) && this.#followed.processes.has(parent)) return true;
    return stopped.some((thread) => [...this.#awaited.values()].includes(thread));
  }

  #sleepOf({ pid, threads }: Process): Sleep {
    let found: TimedSleep | null = null;
    for (const thread of threads.values()) {
      if (thread.vforked !== null) {
        found ??= { kind: 'event', call: 'vfork' };
        continue;
      }
      const now = sleepOf(pid, thread.tid);
      if (now.kind === 'none') return noSleep;
      if (now.kind === 'ended') continue;
      // After a signal that it does not take, a sleep with a timeout goes on under another name.
      const isRestarted = now.call === 'system call 219' || now.call === 'system call 128';
      const sleep: TimedSleep = isRestarted ? { ...now, kind: thread.slept } : now;
      thread.slept = sleep.kind === 'clock' ? 'clock' : 'event';
      // Threads wait for each other; one that waits for somebody outside speaks for all of them, then a clock.
      if (found === null || weightOf(sleep) > weightOf(found)) found = sleep;
    }
    return found ?? noSleep;
  }

  #resume(process: Process, stopped: readonly Thread[], waiter: AwaitedSleep | null): void {
    const { pid } = process;
    if (!process.ran && pid !== this.#starter) {
      const whom = waiter === null ? null : { pid: waiter.process.pid, call: waiter.sleep.call };
      this.#tellLetGo(pid, 'waits', whom);
    }
    process.ran = true;
    const steps = this.#asked.order === 'child-last' && pid !== this.#starter && this.#steps < mostSteps;
    process.steps = steps;
    for (const thread of stopped) {
      const signo = thread.stopped?.signo ?? 0;
      thread.stopped = null;
      if (steps) letStep(thread.tid, signo);
      else letGoOn(thread.tid, signo);
    }
  }

  #tellLetGo(pid: number, because: LetGoBecause, waiter: { pid: number; call: string } | null): void {
    this.#hooks.tell({ type: 'let-go', pid, atMs: this.#hooks.nowMs(), because, waiter });
  }

  /** Adds up how long others have been held for a process that sleeps on the clock, or computes. */
  #keepTime({ pid }: Process, { kind }: Sleep): void {
    const last = this.#ahead;
    const ahead = { pid, asleep: kind === 'clock', atMs: this.#hooks.nowMs(), cpuMs: processorMsOf(pid) };
    this.#ahead = ahead;
    if (last === null || last.pid !== pid || !this.#holdsAnybody()) return;
    if (last.asleep && ahead.asleep) this.#spentMs += ahead.atMs - last.atMs;
    this.#spentMs += ahead.cpuMs - last.cpuMs;
    if (this.#spentMs < this.#asked.holdMs) return;
    if (this.#interrupting === null) this.letGo('outlasted');
    else this.#interrupt();
  }

  #holdsAnybody(): boolean {
    return [...this.#followed.processes.values()].some(isStopped);
  }

  /** For so long may be waited for something else, milliseconds; -1 for ever. */
  waitMs(): number {
    if (this.#free || this.#returned || !this.#holdsAnybody()) return -1;
    const wait = this.#wait;
    this.#wait = Math.min(wait + 1, lookMs.longest);
    return wait;
  }

  /** Looks at who sleeps. */
  look(): void {
    if (!this.#free && this.#holdsAnybody()) this.#decide(true);
  }

  /** The starter has ended, of which nobody has been told yet. */
  returning(): void {
    if (this.#free) return;
    for (const process of this.#followed.processes.values()) {
      // Whoever woke the starter by a system call stops when that is over.
      const sleep = this.#sleepOf(process);
      const stops = process.steps && sleep.kind === 'none';
      if (stops || isStopped(process)) this.#heldAtReturn.add(process.pid);
      else if (sleep.kind === 'event') this.#doneAtReturn.add(process.pid);
    }
    const all = [...this.#followed.processes.values()].filter(({ pid }) => this.#heldAtReturn.has(pid));
    const held = all.map(({ pid, ran }) => ({ pid, ran }));
    this.#hooks.tell({ type: 'held-at-return', held, atMs: this.#hooks.nowMs() });
  }

  /** The starter has ended, and that has been told. */
  returned(): void {
    if (this.#free) return;
    if (!this.#asked.heldAfterReturn) this.letGo('returned');
  }

  /**
   * Everybody goes on, and nobody who stops from now on is followed any longer.
   *
   * @param but stays held until this is asked again
   */
  letGo(because: LetGoBecause, but: number | null = null): void {
    const first = !this.#free;
    this.#free = true;
    for (const process of this.#followed.processes.values()) {
      const { pid, threads } = process;
      if (pid === but) continue;
      const isHeld = isStopped(process) || (first && this.#heldAtReturn.has(pid));
      if (isHeld && pid !== this.#starter) this.#tellLetGo(pid, because, null);
      for (const thread of threads.values()) if (thread.stopped !== null) this.#leave(thread);
    }
  }

  #leave(thread: Thread): void {
    const signo = thread.stopped?.signo ?? 0;
    thread.stopped = null;
    detach(thread.tid, signo);
  }
}

const isStopped = ({ threads }: Process): boolean =>
  [...threads.values()].some(({ stopped }) => stopped !== null);

function weightOf(sleep: TimedSleep): number {
  if (sleep.kind === 'clock') return 1;
  return sleep.call.startsWith('futex') ? 0 : 2;
}
