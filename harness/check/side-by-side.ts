/**
 * Launches under several start states at once, and alone where that makes a difference: many daemons allow only one
 * of themselves (a port, a socket, a lock), and a second one that gives up must not be taken for a failed start.
 */

import { isUnreadable } from '../facts/process.ts';
import type { Run } from '../facts/run.ts';
import type { StartName, StartState } from '../facts/start-state.ts';
import { hostileButForSigchld } from '../launch/start-states.ts';

export interface LaunchSeries {
  readonly runs: readonly Run[];
  /** Instances get in each other's way: nothing else of the program may be launched beside one. */
  readonly exclusive: boolean;
}

/** The launch produced a daemon (or a program that stays, in the foreground), whatever its properties. */
export function cameThrough({ lost, starter, daemon, later }: Run, foreground: boolean): boolean {
  if (lost !== undefined) return false;
  if (foreground) return starter.returnedAfterMs === null;
  const stayed = later === null || later.some(({ pid }) => pid === daemon);
  return starter.exitCode === 0 && daemon !== null && stayed;
}

/**
 * What all undisturbed instances have in common whatever their start state: an instance that waits until another gives
 * up its port has no socket, no worker or no handler yet.
 */
function shapeOf({ processes }: Run): string {
  const shapes = processes
    .filter(({ state }) => state !== 'Z')
    .map(({ descriptors, signals }) => [
      isUnreadable(signals) ? [] : signals.caught,
      isUnreadable(descriptors)
        ? []
        : descriptors.filter(({ fd, planted }) => fd > 2 && planted === null).map(({ kind }) => kind),
    ]);
  return shapes
    .map((shape) => JSON.stringify(shape))
    .sort()
    .join('\n');
}

/**
 * @param launch one launch, from its start to its end
 * @param alone known beforehand to need it, as with a declared pidfile
 * @param isolated each in a world of its own: none is in the way of another
 * @param namesOne whether a launch, when it was over, had named itself in a file where another does the same
 */
export async function launchSideBySide(
  names: readonly StartName[],
  launch: (name: StartName) => Promise<Run>,
  {
    foreground,
    alone,
    isolated,
    namesOne,
  }: {
    readonly foreground: boolean;
    readonly alone: boolean;
    readonly isolated: boolean;
    readonly namesOne: () => boolean;
  },
): Promise<LaunchSeries> {
  const runs: Run[] = [];
  if (alone) {
    for (const name of names) runs.push(await launch(name));
    return { runs, exclusive: true };
  }
  runs.push(...(await Promise.all(names.map(launch))));
  if (isolated) return { runs, exclusive: false };
  // A start that never returned would not return alone either, and cost the time limit once more.
  const suspects = runs.flatMap((run, i) =>
    cameThrough(run, foreground) || (!foreground && run.starter.returnedAfterMs === null) ? [] : [i],
  );
  if (names.length < 2) return { runs, exclusive: namesOne() };
  const shapes = new Set(runs.filter((run) => cameThrough(run, foreground)).map(shapeOf));
  let exclusive = namesOne();
  for (const [i, beside] of runs.entries()) {
    const name = names[i];
    const suspect = suspects.includes(i);
    if (name === undefined || !(suspect || shapes.size > 1 || namesOne())) continue;
    const again = await launch(name);
    // It ran alone this time: what it shows is the program's own doing.
    runs[i] = again;
    if (again.lost !== undefined || beside.lost !== undefined) continue;
    const differs = cameThrough(again, foreground) !== cameThrough(beside, foreground);
    exclusive ||= differs || shapeOf(again) !== shapeOf(beside);
  }
  return { runs, exclusive };
}

/**
 * A hostile start differs from a clean one in many ways. Where only the hostile one fails, it is repeated once with
 * SIGCHLD at its default and everything else as it was, to know whether the ignored SIGCHLD is the reason.
 */
export async function examineSigchld(
  runs: readonly Run[],
  foreground: boolean,
  launch: (start: StartState) => Promise<Run>,
): Promise<readonly Run[]> {
  const clean = runs.find(({ start }) => start === 'clean');
  if (clean === undefined || !cameThrough(clean, foreground)) return runs;
  return Promise.all(
    runs.map(async (run) => {
      if (run.start !== 'hostile' || run.lost !== undefined || cameThrough(run, foreground)) return run;
      const without = await launch(hostileButForSigchld);
      if (without.lost !== undefined) return run;
      return { ...run, sigchldDecides: cameThrough(without, foreground) };
    }),
  );
}
