import { PROC_REAP_ACQUIRE, PROC_REAP_RELEASE, procctl } from '../../harness/libc/bsd/sys-procctl.ts';
import { must } from '../../harness/libc/library.ts';
import { getpid, getppid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, either, unsupported } from './run/seen.ts';
import { gate, inChild, mailbox, start } from './scenery/child.ts';

promise(
  'A reaper adopts the orphans below it',
  {
    id: 'procctl/reaper',
    clause: 'procctl(2), PROC_REAP_ACQUIRE',
    rows: ['K-ORPH-1'],
    expect: {
      linux: 'unsupported',
      freebsd: 'adopts',
      openbsd: 'unsupported',
      netbsd: 'unsupported',
      darwin: 'unsupported',
    },
    supports: ['parent-process'],
  },
  () => {
    const acquired = procctl(PROC_REAP_ACQUIRE);
    if (acquired.errno === 'ENOSYS') return unsupported('no procctl() here');
    must('procctl', acquired);
    const [orphaned, box] = [gate(), mailbox<number>()];
    start(() => {
      start(() => {
        orphaned.pass();
        box.put(getppid());
      });
    }).ended();
    orphaned.open();
    return either(box.take() === getpid(), 'adopts', 'does not adopt', 'getppid() of an orphan');
  },
);

promise(
  'The status of a reaper is not inherited by fork()',
  {
    id: 'procctl/fork',
    clause: 'procctl(2), PROC_REAP_ACQUIRE',
    rows: ['K-ORPH-2'],
    expect: {
      linux: 'unsupported',
      freebsd: 'EINVAL',
      openbsd: 'unsupported',
      netbsd: 'unsupported',
      darwin: 'unsupported',
    },
  },
  () => {
    const acquired = procctl(PROC_REAP_ACQUIRE);
    if (acquired.errno === 'ENOSYS') return unsupported('no procctl() here');
    must('procctl', acquired);
    return answered(
      'procctl(PROC_REAP_RELEASE) in the child',
      inChild(() => procctl(PROC_REAP_RELEASE)),
    );
  },
);
