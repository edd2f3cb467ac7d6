/** The list of children that Linux keeps in /proc. */

import { readFileSync } from 'node:fs';
import { getpid } from '../unistd.ts';

/** Children of the caller, zombies and adopted ones included. /proc/PID/task/TID/children, proc_tid_children(5). */
export function childrenInProc(): readonly number[] {
  const self = getpid();
  const text = readFileSync(`/proc/${self}/task/${self}/children`, 'latin1');
  return text.split(' ').filter(Boolean).map(Number);
}
