/** Processes as findings name them. */

import type { Holder, RemainingProcess } from '../facts/finding.ts';
import { type Descriptor, isUnreadable, noSurroundings, type ProcessFacts } from '../facts/process.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import { observer } from '../observe/system.ts';

export function nameOf({ commandName }: ProcessFacts): string {
  return isUnreadable(commandName) ? '?' : commandName;
}

export function remainingOf(process: ProcessFacts): RemainingProcess {
  return { pid: process.pid, name: nameOf(process) };
}

/** Who has something open, and by which descriptors. */
export function holdersOf(
  processes: readonly ProcessFacts[],
  isIt: (descriptor: Descriptor) => boolean,
): readonly Holder[] {
  return processes.flatMap((process) => {
    if (isUnreadable(process.descriptors)) return [];
    const descriptors = process.descriptors.filter(isIt).map(({ fd }) => fd);
    return descriptors.length === 0
      ? []
      : [{ ...remainingOf(process), descriptors, listing: observer().listingOf(process.pid) }];
  });
}

/**
 * The same process as it is now, and not one that was given its number since; null if it has ended. Not looked for among
 * the descendants: while one of them ends the kernel may leave out another that lives, proc_tid_children(5).
 */
export function asItIsNow({ pid, startTime }: ObservedProcess): ProcessFacts | null {
  const seen = observer().observeProcess(pid, noSurroundings);
  if ('gone' in seen || seen.facts.state === 'Z') return null;
  return !isUnreadable(startTime) && seen.facts.startTime === startTime ? seen.facts : null;
}

/** It may have one open, where that cannot be read. */
export function hasTerminalOpen({ descriptors }: ProcessFacts): boolean {
  return isUnreadable(descriptors) || descriptors.some(({ kind }) => kind === 'terminal');
}

/** Whether nobody of the program is in the launch session or has a terminal: what is done to those reaches nobody. */
export function isFreeOfTerminal({
  processes,
  launch,
}: Pick<Run, 'processes'> & {
  readonly launch: Pick<Run['launch'], 'session'>;
}): boolean {
  return processes.every(
    (each) => each.session !== launch.session && each.terminal === null && !hasTerminalOpen(each),
  );
}

/** Whether a thread of the daemon received the signal in that run as soon as it was sent. */
export function leavesUnblocked(
  { processes, daemon }: Pick<Run, 'processes' | 'daemon'>,
  signal: string,
): boolean {
  const threads = processes.find(({ pid }) => pid === daemon)?.threadFacts ?? [];
  return !isUnreadable(threads) && threads.some(({ blocked }) => !blocked.includes(signal));
}
