import { must } from '../../harness/libc/library.ts';
import {
  PR_GET_CHILD_SUBREAPER,
  PR_GET_PDEATHSIG,
  PR_SET_CHILD_SUBREAPER,
  PR_SET_PDEATHSIG,
  prctl,
  prctlRead,
} from '../../harness/libc/linux/sys-prctl.ts';
import { getpid, getppid } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { either, saw, unsupported } from './run/seen.ts';
import { gate, inChild, mailbox, start } from './scenery/child.ts';
import { factOf } from './scenery/observed.ts';
import { block, numberOf, pending } from './scenery/signals.ts';

const noPrctl = 'no prctl() here';

/** Process ID of the parent of a child whose parent has ended. */
function parentOfOrphan(): number {
  const [orphaned, box] = [gate(), mailbox<number>()];
  start(() => {
    start(() => {
      orphaned.pass();
      box.put(getppid());
    });
  }).ended();
  orphaned.open();
  return box.take();
}

promise(
  'An orphan is adopted by the nearest subreaper',
  {
    id: 'prctl/subreaper',
    clause: 'PR_SET_CHILD_SUBREAPER(2const); P _Exit(), Consequences of Process Termination',
    rows: ['K-ORPH-1'],
    expect: { linux: 'nearest subreaper' },
    supports: ['parent-process', 'lingering-intermediate'],
  },
  () => {
    const set = prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (set.errno === 'ENOSYS') return unsupported(noPrctl);
    must('prctl', set);
    return either(parentOfOrphan() === getpid(), 'nearest subreaper', 'another', 'getppid() of an orphan');
  },
);

promise(
  'A subreaper below its own subreaper is the nearer one',
  {
    id: 'prctl/nested-subreaper',
    clause: 'PR_SET_CHILD_SUBREAPER(2const)',
    rows: ['K-ORPH-1'],
    expect: { linux: 'the inner one' },
    supports: ['parent-process'],
  },
  () => {
    const set = prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (set.errno === 'ENOSYS') return unsupported(noPrctl);
    must('prctl', set);
    return inChild(() => {
      must('prctl', prctl(PR_SET_CHILD_SUBREAPER, 1));
      return either(parentOfOrphan() === getpid(), 'the inner one', 'another', 'getppid() of an orphan');
    });
  },
);

promise(
  'The subreaper flag is not inherited by fork()',
  {
    id: 'prctl/subreaper-fork',
    clause: 'PR_SET_CHILD_SUBREAPER(2const)',
    rows: ['K-ORPH-2'],
    expect: { linux: '0' },
  },
  () => {
    const set = prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (set.errno === 'ENOSYS') return unsupported(noPrctl);
    must('prctl', set);
    return saw(
      String(inChild(() => prctlRead(PR_GET_CHILD_SUBREAPER))),
      'PR_GET_CHILD_SUBREAPER in the child',
    );
  },
);

libcPromise(
  'The subreaper flag is kept over exec',
  {
    id: 'prctl/subreaper-exec',
    clause: 'PR_SET_CHILD_SUBREAPER(2const)',
    rows: ['K-ORPH-2'],
    expect: { linux: '1' },
  },
  (program) => {
    program.call('prctl', PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    // The program executes itself, and says so with the message it begins with.
    program.send('execve', factOf(program.pid, 'executable'), { list: ['program'] }, { list: [] });
    program.answer();
    const flag = Buffer.alloc(4);
    program.call('prctl', PR_GET_CHILD_SUBREAPER, flag, 0, 0, 0);
    return saw(String(flag.readInt32LE(0)), 'PR_GET_CHILD_SUBREAPER after exec');
  },
);

promise(
  'The parent-death signal comes when the parent ends',
  {
    id: 'prctl/parent-death-signal',
    clause: 'PR_SET_PDEATHSIG(2const)',
    rows: ['K-FORK-8'],
    expect: { linux: 'SIGUSR1' },
  },
  () => {
    if (prctlRead(PR_GET_PDEATHSIG) === null) return unsupported(noPrctl);
    const [ready, gone, box] = [gate(), gate(), mailbox<string>()];
    start(() => {
      start(() => {
        block('SIGUSR1');
        prctl(PR_SET_PDEATHSIG, numberOf('SIGUSR1'));
        ready.open();
        gone.pass();
        box.put(pending());
      });
      ready.pass();
    }).ended();
    gone.open();
    return saw(box.take(), 'pending after the parent ended');
  },
);

promise(
  'An ordinary orphan is adopted by init or a subreaper',
  {
    id: 'prctl/orphan',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination: implementation-defined',
    rows: ['K-ORPH-1'],
    implementationDefined: true,
    expect: { linux: 'the subreaper above', openbsd: 'init', netbsd: 'init' },
    supports: ['parent-process'],
  },
  () => {
    const above = getppid();
    const parent = parentOfOrphan();
    return saw(
      parent === above ? 'the subreaper above' : parent === 1 ? 'init' : 'another',
      'getppid() of an orphan',
    );
  },
);
