/** Orphans below a process that come to it, where the system knows such a thing: OpenBSD and NetBSD do not. */

import { bindReaper } from './bsd/reaper-procctl.ts';
import { must } from './library.ts';
import { childrenInProc } from './linux/proc-children.ts';
import { PR_SET_CHILD_SUBREAPER, prctl } from './linux/sys-prctl.ts';
import { functionsOfLibc } from './load-koffi.ts';

/** Elsewhere they go to process 1, whoever asks. */
export const orphansComeToReapers = process.platform === 'linux' || process.platform === 'freebsd';

/** From now on they come to the caller. @throws SystemCallError */
export function adoptOrphans(): void {
  if (process.platform === 'linux') must('prctl(PR_SET_CHILD_SUBREAPER)', prctl(PR_SET_CHILD_SUBREAPER, 1));
  if (process.platform !== 'freebsd') return;
  const errno = bindReaper(functionsOfLibc()).acquire();
  must('procctl(PROC_REAP_ACQUIRE)', { value: errno === null ? 0 : -1, errno });
}

/** Children of the caller, adopted ones included; null where the system does not list them. */
export function ownChildren(): readonly number[] | null {
  if (process.platform === 'linux') return childrenInProc();
  if (process.platform !== 'freebsd') return null;
  return bindReaper(functionsOfLibc())
    .below()
    .flatMap(({ pid, isChild }) => (isChild ? [pid] : []));
}
