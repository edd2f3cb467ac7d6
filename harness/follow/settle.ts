/**
 * When a program has settled: the one loop for launches, probes and attempts, its rules as data.
 *
 * One look is not enough: a right daemon that forks twice is usually not yet right at the moment its starter returns.
 * Fixed sleeps are wrong too, for whatever is slower than they are. Where every process provably sleeps without end it
 * is settled at once. Otherwise the whole shape has to stand, on the clock of `standing.ts`, and nothing may be on its
 * way.
 */

import { lookUntil } from '../observe/look-until.ts';
import { isAsleep, type Snapshot } from './snapshot.ts';
import { type Standing, startStanding } from './standing.ts';

export interface SettleRules {
  /** Minimum time that an expected shape must hold, milliseconds on the clock of `standing.ts`. */
  readonly expectedStandsMs: number;
  /** Minimum time that any other shape must hold, same clock: the expected one may come later. */
  readonly otherStandsMs: number;
  /** Whether an expected shape has to see the end of a sleep that ends soon, as any other has to. */
  readonly expectedWaits: boolean;
  /** How long an expected shape is watched after it has settled, to see relapses, milliseconds; 0: not at all. */
  readonly watchMs: number;
}

/** Rules of a judged launch. Measured: no wrong verdict in thousands of launches, idle and under load. */
export const launchRules: SettleRules = {
  expectedStandsMs: 20,
  otherStandsMs: 250,
  expectedWaits: false,
  watchMs: 500,
};
/**
 * Rules of a program that stays in the foreground: it never says that it is ready, so early looks may show its
 * start-up, and a sleep may be part of that (runsvdir sleeps for a second, and then blocks SIGCHLD).
 */
export const stayingRules: SettleRules = {
  expectedStandsMs: 500,
  otherStandsMs: 500,
  expectedWaits: true,
  watchMs: 0,
};
/** Rules of a launch whose result is known from the baseline run. */
export const probeRules: SettleRules = { ...launchRules, watchMs: 0 };

/**
 * Minimum number of snapshots before an unexpected shape counts: fewer may all lie between two steps of the program.
 */
const otherNeedsLooks = 3;

export interface SettleSubject {
  readonly look: () => Snapshot;
  /** Whether this snapshot shows what a conforming daemon becomes. */
  readonly isExpected: (snapshot: Snapshot) => boolean;
  /** The starter has returned, or is not expected to; until then only a program asleep without timeout is settled. */
  readonly isReady?: () => boolean;
  /** A further proof, beside {@link isAsleep}, that the program will not change any more. */
  readonly isOver?: (snapshot: Snapshot, expected: boolean) => boolean;
  /** It never slept in the baseline run: it has settled as soon as the expected shape has held, busy or not. */
  readonly isBusyForEver?: boolean;
  /** Told once when the program has settled in the expected shape, and is watched from now on. */
  readonly onWatch?: (settled: Snapshot) => void;
}

export interface SettleResult {
  /**
   * `asleep`: every process sleeps without timeout; `stood`: the shape stood long enough; `deadline`: it never settled;
   * `nothing-left`: no process of the program is there.
   */
  readonly by: 'asleep' | 'stood' | 'deadline' | 'nothing-left';
  readonly snapshot: Snapshot;
  /** The last snapshot after it had settled; null where nothing can have changed. */
  readonly later: Snapshot | null;
  readonly stoodMs: number;
  /** What kept it from settling before the deadline, as sentences. */
  readonly moving: readonly string[];
}

/** Looks until the program has settled, at most until the deadline (CLOCK_MONOTONIC, milliseconds). */
export async function settle(
  {
    look,
    isExpected,
    isReady = () => true,
    isOver = () => false,
    isBusyForEver = false,
    onWatch = () => {},
  }: SettleSubject,
  { expectedStandsMs, otherStandsMs, expectedWaits, watchMs }: SettleRules,
  limits: { readonly deadlineMs: number; readonly signal: AbortSignal | undefined },
): Promise<SettleResult> {
  const see = startStanding(limits.deadlineMs);
  let last = null as Snapshot | null;
  /** The last look before that which saw a daemon. */
  let former = null as Snapshot | null;
  let standing: Standing = { stoodMs: 0, calmMs: 0, looks: 0, moving: [], awake: [] };
  let expectedSinceMs: number | null = null;

  const decide = (): SettleResult | null => {
    const snapshot = look();
    // While a daemon is replaced a look may find neither: it tells less than the one before.
    if (last === null || snapshot.daemon !== null || last.daemon === null) [former, last] = [last, snapshot];
    const end = (by: SettleResult['by'], later: Snapshot | null): SettleResult => ({
      by,
      snapshot,
      later,
      stoodMs: standing.stoodMs,
      moving: [],
    });
    const expected = isExpected(snapshot);
    // A program that never sleeps runs while it is read: its snapshots are seldom whole, so only the expected shape
    // counts.
    if (isBusyForEver && isReady()) {
      expectedSinceMs = expected ? (expectedSinceMs ?? snapshot.atMs) : null;
      if (expectedSinceMs !== null && snapshot.atMs - expectedSinceMs >= expectedStandsMs) {
        return end('stood', snapshot);
      }
    }
    if (!snapshot.whole) return null;
    if (snapshot.processes.length === 0) return end('nothing-left', null);
    standing = see(snapshot);
    if (!isReady()) {
      return isAsleep(snapshot) && standing.stoodMs >= otherStandsMs ? end('stood', snapshot) : null;
    }
    if (isAsleep(snapshot) || isOver(snapshot, expected)) return end('asleep', null);
    if (standing.awake.length > 0) return null;
    const stands = expected
      ? standing.stoodMs >= expectedStandsMs
      : standing.stoodMs >= otherStandsMs && standing.looks >= otherNeedsLooks;
    const waits = standing.moving.length > 0 && (expectedWaits || !expected);
    return stands && !waits ? end('stood', snapshot) : null;
  };

  const settled = await lookUntil(decide, limits);
  if (settled === null) {
    const later = last ?? look();
    // Replaced to the last, it is seen to be by two looks.
    const snapshot =
      former === null || former.daemon === null || former.daemon === later.daemon ? later : former;
    return { by: 'deadline', snapshot, later, ...standing };
  }
  const isWatched = watchMs > 0 && settled.by === 'stood' && isExpected(settled.snapshot);
  return isWatched ? watch(settled) : settled;

  /** Sees relapses and late changes. */
  async function watch(settled: SettleResult): Promise<SettleResult> {
    let later = settled.snapshot;
    onWatch(later);
    const untilMs = standing.calmMs + watchMs;
    const lost = await lookUntil(() => {
      const snapshot = look();
      const isReplaced = snapshot.daemon !== settled.snapshot.daemon;
      if (!isReplaced && !snapshot.whole) return null;
      later = snapshot;
      if (isReplaced || !isExpected(snapshot)) return true;
      return isAsleep(snapshot) || see(snapshot).calmMs >= untilMs ? false : null;
    }, limits);
    // Without a relapse the last snapshot tells more: it has handlers that were installed late, for instance.
    return { ...settled, snapshot: lost === true ? settled.snapshot : later, later };
  }
}
