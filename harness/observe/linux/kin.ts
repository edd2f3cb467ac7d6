/** Relations of all processes, from /proc/PID/stat. */

import { readdirSync, readFileSync } from 'node:fs';
import type { Kin } from '../kin.ts';

/** Parent, group and session: fields 4 to 6 of /proc/PID/stat, proc_pid_stat(5). Null for a process that has ended. */
export function kinOf(pid: number): Kin | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [, parent, group, session] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { pid, parent: parent ?? 0, group: group ?? 0, session: session ?? 0 };
  } catch {
    return null;
  }
}

/** Every process that can be seen. */
export function everyProcess(): readonly Kin[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    return (Number.isInteger(pid) ? kinOf(pid) : null) ?? [];
  });
}
