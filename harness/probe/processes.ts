/** Processes as findings name them. */

import { type Descriptor, isUnreadable, type ProcessFacts } from '../observe/facts.ts';
import type { Holder, Remaining } from '../observe/finding.ts';

export function nameOf({ commandName }: ProcessFacts): string {
  return isUnreadable(commandName) ? '?' : commandName;
}

export function remainingOf(process: ProcessFacts): Remaining {
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
    return descriptors.length === 0 ? [] : [{ ...remainingOf(process), descriptors }];
  });
}
