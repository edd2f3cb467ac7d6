/** /proc/PID/io */

import { readFileSync } from 'node:fs';

/** Calls that write, whatever came of them: `syscw`, proc_pid_io(5). Null for another user's process, and one that is gone. */
export function writesOf(pid: number): number | null {
  try {
    const line = /^syscw: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'latin1'));
    return line === null ? null : Number(line[1]);
  } catch {
    return null;
  }
}
