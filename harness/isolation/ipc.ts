/** What processes share without a common ancestor: POSIX shared memory and message queues, shm_open(3), mq_open(3). */

import { must } from '../libc/library.ts';
import { MS_NODEV, MS_NOSUID, mount } from '../libc/linux/sys-mount.ts';
import type { Mount } from './mount-table.ts';

/** Mounts the file systems of both for the new IPC namespace. System V IPC needs no more than the namespace. */
export function mountIpc(base: string, mounts: readonly Mount[]): void {
  for (const { path, type } of mounts) {
    const flags = MS_NOSUID | MS_NODEV;
    if (path === '/dev/shm')
      must('mount(/dev/shm)', mount('tmpfs', base + path, 'tmpfs', flags, 'mode=1777'));
    else if (type === 'mqueue') must(`mount(${path})`, mount('mqueue', base + path, 'mqueue', flags, null));
  }
}
