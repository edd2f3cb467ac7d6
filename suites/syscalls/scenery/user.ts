/** Being an ordinary user, whoever runs the suite. */

import { must } from '../../../harness/libc/library.ts';
import { PR_SET_DUMPABLE, prctl } from '../../../harness/libc/linux/sys-prctl.ts';
import { geteuid, setgid, setgroups, setuid } from '../../../harness/libc/unistd.ts';

/** A user that owns nothing and runs nothing. */
export const nobodyElse = 1_654_321;

export const isRoot = (): boolean => geteuid() === 0;

/** Root becomes a user without privileges; anybody else stays who they are. */
export function dropPrivileges(): void {
  if (!isRoot()) return;
  must('setgroups', setgroups([]));
  must('setgid', setgid(nobodyElse));
  must('setuid', setuid(nobodyElse));
  // A process that changed its user may not read its own /proc files, which fork() here needs, prctl(2).
  if (process.platform === 'linux') prctl(PR_SET_DUMPABLE, 1);
}
