import { fork } from '../../../harness/libc/fork.ts';
import { must } from '../../../harness/libc/library.ts';
import { setrlimit } from '../../../harness/libc/sys-resource.ts';
import { promise } from '../run/promise.ts';
import { answered } from '../run/seen.ts';
import { dropPrivileges } from '../scenery/user.ts';

/** Linux. */
const RLIMIT_NPROC = 6;

// POSIX.1-2024 XSH fork(), ERRORS [EAGAIN]
promise(
  'fork() fails with EAGAIN at the limit of processes',
  { id: 'fork/limit', clause: 'POSIX.1-2024 XSH fork(), ERRORS [EAGAIN]', expect: 'EAGAIN' },
  () => {
    dropPrivileges();
    must('setrlimit', setrlimit(RLIMIT_NPROC, { soft: 0n, hard: 0n }));
    return answered('fork()', fork());
  },
);
