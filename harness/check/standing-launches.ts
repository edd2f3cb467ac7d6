/**
 * Launches of the baseline run that are still there: a probe that tries a settled daemon needs none of its own then. Only
 * in worlds, where none is in the way of another.
 */

import type { Run } from '../facts/run.ts';
import type { StartState } from '../facts/start-state.ts';
import type { Launch } from '../launch/launcher-client.ts';

export interface StandingLaunches {
  keep(start: StartState, launch: Launch, run: Run): void;
  /** One from that start, which is the caller's from now on; null without one. */
  take(start: StartState): Launch | null;
  /** How many nobody has taken. */
  left(): number;
  /** Ends those that nobody has taken. */
  end(): Promise<void>;
  /** The run with what its launch left behind, once that is over. */
  withLeftBehind(run: Run): Run;
}

/** What a settled daemon is tried for does not depend on the directory in which it was started. */
const keyOf = (start: StartState): string => JSON.stringify({ ...start, freshDirectory: false });

export function openStandingLaunches(): StandingLaunches {
  const standing = new Map<string, Launch>();
  const launches = new Map<Run['starter'], Launch>();
  return {
    keep(start, launch, run) {
      standing.set(keyOf(start), launch);
      launches.set(run.starter, launch);
    },
    take(start) {
      const key = keyOf(start);
      const found = standing.get(key) ?? null;
      standing.delete(key);
      return found;
    },
    left: () => standing.size,
    async end() {
      const left = [...standing.values()];
      standing.clear();
      await Promise.all(left.map((launch) => launch.end()));
    },
    withLeftBehind(run) {
      const launch = launches.get(run.starter);
      return launch === undefined ? run : { ...run, leftBehind: leftBehindBy(launch) };
    },
  };
}

/** What could not be ended of a launch that is over. */
export function leftBehindBy({ events }: Pick<Launch, 'events'>): Run['leftBehind'] {
  const over = events.find((event) => event.type === 'over');
  return over?.type === 'over' ? over.left : [];
}
