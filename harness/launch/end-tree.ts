/**
 * Ending everything a process has below it, and nothing else.
 *
 * Where orphans are handed to it only direct children are signalled, alone and by process group: a child that has not
 * been waited for keeps its process ID and its group from being given to anybody else, so no signal can go astray.
 * What a child leaves behind is adopted, becomes a direct child and is ended in the next round.
 */

import { pidOutside } from '../isolation/process-ids.ts';
import { signalNumber } from '../libc/platform.ts';
import { kill } from '../libc/signal.ts';
import { getpgid } from '../libc/unistd.ts';
import { type HeldProcess, reaper } from './reaper.ts';

export const SIGKILL = signalNumber('SIGKILL') ?? 9;

/** A killed process is gone in microseconds, unless it sleeps uninterruptibly or may not be killed. */
export const endingDeadlineMs = 3000;

export interface LeftProcess {
  readonly pid: number;
  readonly because: string;
}

/** Everything below the caller but what descends from the spared ones. */
export function below(spared: ReadonlySet<number>): readonly HeldProcess[] {
  return reaper.below().filter(({ root }) => !spared.has(root));
}

/** One round: SIGKILL to everything but what descends from the spared, and to its groups. Returns those that refused. */
export function killBelow(spared: ReadonlySet<number>): readonly LeftProcess[] {
  const ownGroup = getpgid(0).value;
  const groups = new Set<number>();
  const left: LeftProcess[] = [];
  for (const { pid } of below(spared)) {
    const group = getpgid(pid).value;
    if (group > 1 && group !== ownGroup && !groups.has(group)) {
      groups.add(group);
      kill(-group, SIGKILL);
    }
    const sent = kill(pid, SIGKILL);
    if (sent.errno !== null && sent.errno !== 'ESRCH') {
      left.push({ pid: pidOutside(pid), because: `kill(${pid}, SIGKILL): ${sent.errno}` });
    }
  }
  return left;
}
