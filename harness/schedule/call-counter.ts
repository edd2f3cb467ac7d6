/**
 * Counts the system calls of a start that failed since they named a descriptor that is not open: a loop that closes up
 * to the limit of descriptors makes as many as the limit allows, however fast the machine is.
 */

import type { CountedStart, HeldEvent } from '../facts/held-start.ts';
import { errnoNumber } from '../libc/library.ts';
import { callStop, detach, leaveStopped, letStep, ptraceStop } from '../libc/linux/ptrace.ts';
import type { Follower } from './follower.ts';
import { whyUnprivileged } from './privileged-image.ts';

const notOpen = -(errnoNumber('EBADF') ?? 9);
/** A program that makes more calls would be slowed for long. */
const mostSteps = 100_000;

export class CallCounter implements Follower {
  readonly #asked: CountedStart;
  readonly #tell: (event: HeldEvent) => void;
  readonly #known = new Set<number>();
  #calls = 0;
  #steps = 0;
  #over = false;

  constructor(starter: number, asked: CountedStart, tell: (event: HeldEvent) => void) {
    this.#known.add(starter);
    this.#asked = asked;
    this.#tell = tell;
  }

  stopped(pid: number, waitStatus: number): boolean {
    const stop = ptraceStop(waitStatus);
    if (stop === null) return false;
    this.#known.add(pid);
    const unprivileged = stop.kind === 'exec' ? whyUnprivileged(pid) : null;
    if (unprivileged !== null) this.#finish(unprivileged);
    const signo = stop.kind === 'signal' ? stop.signo : 0;
    if (stop.kind === 'group-stop') leaveStopped(pid);
    else if (this.#over) detach(pid, signo);
    else {
      if (stop.kind === 'system-call') this.#count(pid);
      if (this.#over) detach(pid, signo);
      else letStep(pid, signo);
    }
    return true;
  }

  #count(pid: number): void {
    this.#steps++;
    const end = callStop(pid);
    if (end.kind === 'unknown') this.#finish(`ptrace(PTRACE_GET_SYSCALL_INFO): ${end.errno}`);
    else if (end.kind === 'ended' && end.value === notOpen) this.#calls++;
    if (this.#calls > this.#asked.mostCalls) this.#finish(null);
    if (this.#steps > mostSteps) this.#finish(`it makes more than ${mostSteps / 2} system calls`);
  }

  /** Whoever runs on is followed until it stops the next time. */
  #finish(because: string | null): void {
    if (this.#over) return;
    this.#over = true;
    if (because === null) this.#tell({ type: 'counted', calls: this.#calls });
    else this.#tell({ type: 'not-held', because });
  }

  ended(pid: number): 'process' | 'thread' | 'unknown' {
    return this.#known.delete(pid) ? 'process' : 'unknown';
  }

  returning(): void {}

  returned(): void {}

  letGo(): void {
    this.#finish(null);
  }

  waitMs(): number {
    return -1;
  }

  look(): void {}
}
