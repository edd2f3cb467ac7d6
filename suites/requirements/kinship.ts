/** Who descends from whom among the processes of a run. */

import { isUnreadable } from '../../harness/facts/process.ts';
import type { ObservedProcess } from '../../harness/facts/run.ts';

export function parentOf(
  process: ObservedProcess,
  processes: readonly ObservedProcess[],
): ObservedProcess | null {
  const { parent } = process;
  return isUnreadable(parent) ? null : (processes.find(({ pid }) => pid === parent.pid) ?? null);
}

/** The nearest first. */
export function ancestorsOf(
  process: ObservedProcess,
  processes: readonly ObservedProcess[],
): readonly ObservedProcess[] {
  const ancestors: ObservedProcess[] = [];
  let next = parentOf(process, processes);
  while (next !== null && !ancestors.includes(next)) {
    ancestors.push(next);
    next = parentOf(next, processes);
  }
  return ancestors;
}

export function isAlive({ state }: ObservedProcess): boolean {
  return state !== 'Z' && state !== 'X';
}
