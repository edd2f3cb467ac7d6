/**
 * When a launch of a probe has settled. What the program becomes is known from the plain run, so there is no need to
 * wait for a verdict again: it has settled when it has become that. Where a probe's start makes something else of it,
 * that has to stand.
 */

import { isUnreadable } from '../facts/process.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import { probeRules, settle, stayingRules } from '../follow/settle.ts';
import { type Snapshot, type Tree, takeSnapshot } from '../follow/snapshot.ts';
import { isAtRest } from './rest.ts';

/** What the steps of becoming a daemon change, and no number that each launch has for itself. */
function outlineOf(process: ObservedProcess, launchDirectory: string): string {
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

export function outlinesOf(processes: readonly ObservedProcess[], launchDirectory: string): string {
  return processes
    .filter(({ state }) => state !== 'Z')
    .map((each) => outlineOf(each, launchDirectory))
    .sort()
    .join('\n');
}

export interface Settling {
  readonly tree: Tree;
  readonly plain: Run;
  readonly launchDirectory: string;
  /** The starter has returned, or is not expected to. */
  readonly returned: () => boolean;
  readonly foreground: boolean;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The snapshot with which it had settled; the last one at the deadline. */
export async function settleDown(settling: Settling): Promise<Snapshot> {
  const { tree, plain, launchDirectory, returned, foreground, deadlineMs, signal } = settling;
  const expected = outlinesOf(plain.processes, plain.launch.workingDirectory);
  const { snapshot } = await settle(
    {
      look: () => takeSnapshot(tree),
      isExpected: ({ processes }) => outlinesOf(processes, launchDirectory) === expected,
      isReady: returned,
      // An alarm that may be set belongs to what the daemon does by itself.
      isOver: (seen, isExpected) => isExpected && isAtRest(seen),
      isBusyForEver: plain.settling.by === 'deadline',
    },
    foreground ? stayingRules : probeRules,
    { deadlineMs, signal },
  );
  return snapshot;
}
