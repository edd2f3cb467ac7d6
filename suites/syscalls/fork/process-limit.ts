import { fork } from '../../../harness/libc/fork.ts';
import { must } from '../../../harness/libc/library.ts';
import { platform } from '../../../harness/libc/platform.ts';
import { setrlimit } from '../../../harness/libc/sys-resource.ts';
import { _exit } from '../../../harness/libc/unistd.ts';
import { promise } from '../run/promise.ts';
import { answered } from '../run/seen.ts';
import { dropPrivileges } from '../scenery/user.ts';

promise(
  'fork() fails with EAGAIN at the limit of processes',
  { id: 'fork/limit', clause: 'POSIX.1-2024 XSH fork(), ERRORS [EAGAIN]', expect: 'EAGAIN' },
  () => {
    dropPrivileges();
    must('setrlimit', setrlimit(platform.RLIMIT_NPROC, { soft: 0n, hard: 0n }));
    const forked = fork();
    if (forked.value === 0) _exit(0);
    return answered('fork()', forked);
  },
);
