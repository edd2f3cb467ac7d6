/**
 * Ending everything a subreaper has below it, and nothing else.
 *
 * Only direct children are signalled, alone and by process group: a child that has not been waited for keeps its
 * process ID and its group from being given to anybody else, so no signal can go astray. What a child leaves behind
 * is adopted, becomes a direct child and is ended in the next round.
 */

import { readFileSync } from 'node:fs';
import { signalNumber } from '../libc/platform.ts';
import { kill } from '../libc/signal.ts';
import { getpgid, getpid } from '../libc/unistd.ts';

const SIGKILL = signalNumber('SIGKILL') ?? 9;

export interface Left {
  readonly pid: number;
  readonly because: string;
}

/** Process IDs of the caller's own children, zombies included. /proc/PID/task/TID/children, proc_tid_children(5). */
export function ownChildren(): readonly number[] {
  const self = getpid();
  const text = readFileSync(`/proc/${self}/task/${self}/children`, 'latin1');
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
}

/** One round: SIGKILL to every child but the spared ones, and to their groups. Returns those that refused it. */
export function killChildren(spared: ReadonlySet<number>): readonly Left[] {
  const ownGroup = getpgid(0).value;
  const groups = new Set<number>();
  const left: Left[] = [];
  for (const pid of ownChildren()) {
    if (spared.has(pid)) continue;
    const group = getpgid(pid).value;
    if (group > 1 && group !== ownGroup && !groups.has(group)) {
      groups.add(group);
      kill(-group, SIGKILL);
    }
    const sent = kill(pid, SIGKILL);
    if (sent.errno !== null && sent.errno !== 'ESRCH') {
      left.push({ pid, because: `kill(${pid}, SIGKILL): ${sent.errno}` });
    }
  }
  return left;
}
