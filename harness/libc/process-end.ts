/** A descriptor that poll(2) finds readable once a child has ended: pidfd_open(2), or kevent(2) on the BSDs. */

import { bindKqueue, EV_ADD, NOTE_EXIT } from './bsd/kevent.ts';
import type { DevnameSystem } from './bsd/sys-sysctl.ts';
import { O_RDONLY, open } from './fcntl.ts';
import { must } from './library.ts';
import { pidfdOpen } from './linux/sys-pidfd.ts';
import { functionsOfLibc } from './load-koffi.ts';
import { platform } from './platform.ts';

/** struct kevent of macOS is that of OpenBSD. */
const layouts: Readonly<Partial<Record<NodeJS.Platform, DevnameSystem>>> = {
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  darwin: 'openbsd',
};

/** @throws SystemCallError */
export function processEnd(pid: number): number {
  if (process.platform === 'linux') return must('pidfd_open', pidfdOpen(pid, 0));
  const layout = layouts[process.platform];
  if (layout === undefined) throw new Error(`nothing on ${process.platform} is known to tell of an end`);
  const kqueue = bindKqueue(functionsOfLibc(), layout);
  const queue = must('kqueue', kqueue.open());
  const watched = { ident: pid, filter: kqueue.system.EVFILT_PROC, flags: EV_ADD, fflags: NOTE_EXIT };
  const errno = kqueue.add(queue, [watched]);
  // It has ended already: what is always readable says so.
  if (errno === 'ESRCH') return must('open(/dev/null)', open('/dev/null', O_RDONLY | platform.O_CLOEXEC));
  must('kevent(EVFILT_PROC)', { value: errno === null ? 0 : -1, errno });
  return queue;
}
