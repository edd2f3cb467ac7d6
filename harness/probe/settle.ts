/**
 * When a launch of a probe has settled: as soon as the program has become what it became in the baseline run, or in that
 * of the same start. Where the probe's start makes something else of it, that has to stand unchanged for longer.
 */

import { isUnreadable } from '../facts/process.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import { probeRules, settle, stayingRules } from '../follow/settle.ts';
import { type Snapshot, type Tree, takeSnapshot } from '../follow/snapshot.ts';
import { isAtRest } from './rest.ts';

/**
 * What the daemon steps change, without the numbers that differ from launch to launch.
 *
 * @param launchDirectory null where each is named by its path
 */
function outlineOf(process: ObservedProcess, launchDirectory: string | null): string {
  const { role, pid, session, processGroup, terminal, workingDirectory, descriptors, signals } = process;
  return JSON.stringify([
    role,
    session === pid,
    processGroup === pid,
    terminal === null,
    workingDirectory === launchDirectory ? 'launch directory' : workingDirectory,
    process.fileModeCreationMask,
    isUnreadable(process.parent) ? process.parent : process.parent.role,
    process.threads,
    isUnreadable(descriptors) ? descriptors : descriptors.map(({ fd, kind }) => [fd, kind]),
    isUnreadable(signals) ? signals : [signals.blocked, signals.ignored, signals.caught],
  ]);
}

export function outlinesOf(processes: readonly ObservedProcess[], launchDirectory: string | null): string {
  return processes
    .filter(({ state }) => state !== 'Z')
    .map((each) => outlineOf(each, launchDirectory))
    .sort()
    .join('\n');
}

/** Whether a snapshot shows what the program became in one of these runs. */
export function becameIn(
  runs: readonly Run[],
  launchDirectory: string,
): (seen: Pick<Snapshot, 'processes'>) => boolean {
  // Started from where it goes, as from the root directory, it shows nothing of whether it goes there or stays.
  const outlines = runs.flatMap(({ processes, launch }) =>
    [launch.workingDirectory, null].map((directory) => outlinesOf(processes, directory)),
  );
  return ({ processes }) => outlines.includes(outlinesOf(processes, launchDirectory));
}

export interface Settling {
  readonly tree: Tree;
  readonly plain: Run;
  /** After the start by the same name; null where it was not launched from there, or did not settle. */
  readonly same: Run | null;
  readonly launchDirectory: string;
  /** The starter has returned, or is not expected to. */
  readonly returned: () => boolean;
  readonly foreground: boolean;
  /** It has settled before, in the baseline run: it is seen whether it is still that. */
  readonly hasStood: boolean;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Waits until the launch has settled; at the deadline it returns the last snapshot. */
export async function settleDown(settling: Settling): Promise<Snapshot> {
  const { tree, plain, same, launchDirectory, returned, foreground, hasStood, deadlineMs, signal } = settling;
  const { snapshot } = await settle(
    {
      look: () => takeSnapshot(tree),
      isExpected: becameIn(same === null ? [plain] : [plain, same], launchDirectory),
      isReady: returned,
      // At rest is enough: an alarm(2) that may be set was set in the baseline run too.
      isOver: (seen, isExpected) => isExpected && (hasStood || isAtRest(seen)),
      isBusyForEver: plain.settling.by === 'deadline',
    },
    foreground ? stayingRules : probeRules,
    { deadlineMs, signal },
  );
  return snapshot;
}
