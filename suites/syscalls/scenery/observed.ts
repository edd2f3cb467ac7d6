/** What a promise asks of a process: the observer of this system, and never a file that only one system has. */

import {
  type Descriptor,
  type FactName,
  isUnreadable,
  noSurroundings,
  type ProcessFacts,
  type SignalSets,
  type Unreadable,
} from '../../../harness/facts/process.ts';
import { observer } from '../../../harness/observe/system.ts';

/** The system does not reveal it, or not to this user: the promise cannot be tried here. */
export class NotRevealed extends Error {
  constructor(pid: number, { unreadable }: Unreadable) {
    super(`of process ${pid}: ${unreadable}`);
    this.name = 'NotRevealed';
  }
}

/** @throws Error if there is no such process */
export function factsOf(pid: number): ProcessFacts {
  const seen = observer().observeProcess(pid, noSurroundings);
  if ('gone' in seen) throw new Error(`process ${pid} is gone`);
  return seen.facts;
}

/** @throws NotRevealed; Error if there is no such process */
export function factOf<Name extends FactName>(
  pid: number,
  name: Name,
): Exclude<ProcessFacts[Name], Unreadable> {
  const fact = factsOf(pid)[name];
  if (isUnreadable(fact)) throw new NotRevealed(pid, fact);
  return fact as Exclude<ProcessFacts[Name], Unreadable>;
}

/** Names of the signals in a set, in order of number; `nothing` for an empty one. @throws NotRevealed */
export function signalsOf(pid: number, set: Exclude<keyof SignalSets, 'ignoredOrDefault'>): string {
  return factOf(pid, 'signals')[set].join(' ') || 'nothing';
}

/** A descriptor of another process; null if it has none of that number. @throws NotRevealed */
export function descriptorOf(pid: number, fd: number): Descriptor | null {
  return factOf(pid, 'descriptors').find((one) => one.fd === fd) ?? null;
}

/** Where it leads; `closed` if there is none. @throws NotRevealed */
export const targetOf = (pid: number, fd: number): string => descriptorOf(pid, fd)?.target ?? 'closed';

/** It is no more, or whoever adopts orphans has it: no zombie of the caller's. */
export function hasLeft(pid: number, caller: number): boolean {
  const seen = observer().observeProcess(pid, noSurroundings);
  if ('gone' in seen) return true;
  const { parent } = seen.facts;
  return !isUnreadable(parent) && parent.pid !== caller;
}
