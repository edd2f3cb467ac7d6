/** What is asked of a held start, and what the stage tells of it. Shapes only. */

import type { LaunchFacts, ObservedProcess } from './run.ts';

/**
 * `child-last`: the starter runs as long as it can go on, then whoever was born last; `child-first`: whoever forks is
 * held until its child sleeps or has ended. What any scheduler may do lies between the two.
 */
export type Order = 'child-last' | 'child-first';

export interface HeldStart {
  readonly order: Order;
  /**
   * So long a process may sleep on the clock, or compute, while another is held for it: who is still there then waits
   * for the other in its own way. Milliseconds, of sleep or of processor time.
   */
  readonly holdMs: number;
  /** What is still held when the starter has returned is held until it is let go by an action. */
  readonly heldAfterReturn: boolean;
  /** SIGTERM to the group of the starter at one fork of the start, after which nobody is held any more. */
  readonly interruptedAt: Moment | null;
}

/** A start in which nobody is held: its calls on descriptors that are not open are counted, up to one more than these. */
export interface CountedStart {
  readonly order: 'counted';
  readonly mostCalls: number;
}

/**
 * One fork of the start, counted from 1: with the new process still held, already asleep or ended, or held where it
 * has just left the process group of the starter, until it is let go by an action.
 */
export interface Moment {
  readonly fork: number;
  readonly newProcess: 'held' | 'let go' | 'gone from the group';
}

/**
 * `waits`: who was ahead of it sleeps until something happens; `outlasted`: it was still there after the time for
 * which processes are held; `asked`: the probe let it go.
 */
export type LetGoBecause = 'waits' | 'returned' | 'outlasted' | 'interrupted' | 'asked';

/** Times are milliseconds of CLOCK_MONOTONIC. */
export type HeldEvent =
  /** A new process, held before its first instruction. */
  | { readonly type: 'held'; readonly pid: number; readonly parent: number; readonly atMs: number }
  | {
      readonly type: 'let-go';
      readonly pid: number;
      readonly atMs: number;
      readonly because: LetGoBecause;
      /** Whom it was held for, and the call in which that one sleeps. */
      readonly waiter: { readonly pid: number; readonly call: string } | null;
    }
  /** Told just before the return of the starter. */
  | { readonly type: 'held-at-return'; readonly held: readonly HeldProcess[]; readonly atMs: number }
  /** SIGTERM was sent at the moment that was asked for. */
  | {
      readonly type: 'interrupted';
      readonly fork: number;
      readonly pid: number;
      readonly parent: number;
      readonly atMs: number;
      readonly errno: string | null;
    }
  /** Calls on descriptors that are not open. */
  | { readonly type: 'counted'; readonly calls: number }
  /** Nobody is held in this launch, or what is seen of it is not the program as it is otherwise. */
  | { readonly type: 'not-held'; readonly because: string };

export interface HeldProcess {
  readonly pid: number;
  /** It has been let go before and got as far as some system call; otherwise it has not run one instruction. */
  readonly ran: boolean;
}

/** A process of a held start, with when and for what it was held. Milliseconds since the program's execution. */
export interface HeldSpan {
  readonly pid: number;
  readonly parent: number;
  readonly fromMs: number;
  /** null: until its launch was ended. */
  readonly untilMs: number | null;
  /** `the starter returned`, `process 17 waits in read(2)`. */
  readonly because: string;
}

/** What the program was like when its starter had returned, and what it became when it was let go. */
export interface HeldProcesses {
  readonly kind: 'held-processes';
  /** Why this says nothing about other starts, so that those that are judged are samples; null where it decides. */
  readonly sampledBecause: string | null;
  readonly held: readonly HeldSpan[];
  readonly atReturn: readonly ObservedProcess[];
  readonly settled: readonly ObservedProcess[];
  readonly daemon: number;
  readonly launch: Pick<LaunchFacts, 'session' | 'processGroup' | 'terminal' | 'workingDirectory'>;
  readonly evidence: readonly string[];
}
