import { kqueue } from '../../harness/libc/bsd/sys-event.ts';
import { must } from '../../harness/libc/library.ts';
import { promise } from './run/promise.ts';
import { saw, unsupported } from './run/seen.ts';
import { inChild } from './scenery/child.ts';
import { isOpen } from './scenery/streams.ts';

promise(
  'A kqueue descriptor is not inherited by fork()',
  {
    id: 'kqueue/fork',
    clause: 'kqueue(2)',
    rows: ['K-FORK-7'],
    expect: {
      linux: 'unsupported',
      freebsd: 'closed',
      openbsd: 'closed',
      netbsd: 'closed',
      darwin: 'closed',
    },
    supports: ['inherited-descriptors'],
  },
  () => {
    const queue = kqueue();
    if (queue.errno === 'ENOSYS') return unsupported('no kqueue() here');
    must('kqueue', queue);
    return saw(inChild(() => isOpen(queue.value)) ? 'open' : 'closed', 'descriptor in the child');
  },
);
