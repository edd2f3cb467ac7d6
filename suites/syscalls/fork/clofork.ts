import { F_GETFD, F_SETFD, FD_CLOFORK, fcntl } from '../../../harness/libc/fcntl.ts';
import { must } from '../../../harness/libc/library.ts';
import { dup } from '../../../harness/libc/unistd.ts';
import { promise } from '../run/promise.ts';
import { saw, unsupported } from '../run/seen.ts';
import { inChild } from '../scenery/child.ts';
import { isOpen } from '../scenery/streams.ts';

promise(
  'A descriptor with FD_CLOFORK is closed in the child',
  {
    id: 'fork/clofork',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: FD_CLOFORK, Issue 8',
    rows: ['K-FORK-10'],
    expect: {
      linux: 'unsupported',
      freebsd: { kind: 'closed', source: 'fcntl(2) of FreeBSD 15, FD_CLOFORK; before it the bit is dropped' },
    },
    supports: ['inherited-descriptors'],
  },
  () => {
    const fd = must('dup', dup(0));
    fcntl(fd, F_SETFD, FD_CLOFORK);
    // Linux accepts the unknown bit and drops it: only reading it back tells.
    if ((fcntl(fd, F_GETFD, 0).value & FD_CLOFORK) === 0)
      return unsupported('F_SETFD accepts FD_CLOFORK and drops it');
    return saw(inChild(() => isOpen(fd)) ? 'open' : 'closed', 'descriptor in the child');
  },
);
