/** VmLck of /proc/PID/status, proc_pid_status(5). */

import { readFileSync } from 'node:fs';

/** As the kernel writes it: `4 kB`. @throws Error with the errno if it cannot be read */
export function lockedMemoryOf(pid: number): string {
  return /^VmLck:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '';
}
