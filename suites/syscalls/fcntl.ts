import { constants } from 'node:fs';
import {
  F_GETFD,
  F_GETLK,
  F_OFD_SETLK,
  F_SETFD,
  F_SETLK,
  F_WRLCK,
  fcntl,
  lock,
  O_RDWR,
  open,
} from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { getpid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, saw, unsupported } from './run/seen.ts';
import { inChild } from './scenery/child.ts';
import { survives } from './scenery/lock-after-parent.ts';
import { lockedFile } from './scenery/locked-file.ts';

const { O_CREAT } = constants;

const noSuchLocks = 'no locks of open file descriptions here';

promise(
  'A record lock is lost when the process that took it ends, whoever it forked',
  {
    id: 'fcntl/lock-after-parent',
    clause: 'POSIX.1-2024 XSH fork() and fcntl(), DESCRIPTION',
    rows: ['K-FORK-3'],
    expect: 'lost',
    supports: ['inherited-lock', 'pidfile', 'second-start'],
  },
  ({ scratch }) =>
    survives(
      scratch(),
      (fd) => must('fcntl(F_SETLK)', lock(fd, F_SETLK, F_WRLCK)),
      (fd) => lock(fd, F_SETLK, F_WRLCK),
    ),
);

promise(
  'A lock of an open file description survives the process that took it',
  {
    id: 'fcntl/ofd-lock-after-parent',
    clause: 'POSIX.1-2024 XSH fcntl(), F_OFD_SETLK, Issue 8',
    rows: ['K-FORK-5'],
    expect: { linux: 'survives' },
    supports: ['inherited-lock', 'second-start'],
  },
  ({ scratch }) => {
    if (F_OFD_SETLK === null) return unsupported(noSuchLocks);
    return survives(
      scratch(),
      (fd) => must('fcntl(F_OFD_SETLK)', lock(fd, F_OFD_SETLK, F_WRLCK)),
      (fd) => lock(fd, F_OFD_SETLK, F_WRLCK),
    );
  },
);

promise(
  'A lock of an open file description conflicts with another of the same process',
  {
    id: 'fcntl/ofd-lock-same-process',
    clause: 'POSIX.1-2024 XSH fcntl(), F_OFD_SETLK, Issue 8',
    expect: { linux: 'EAGAIN' },
  },
  ({ scratch }) => {
    if (F_OFD_SETLK === null) return unsupported(noSuchLocks);
    const path = `${scratch()}/lock`;
    must('fcntl', lock(must('open', open(path, O_RDWR | O_CREAT, 0o600)), F_OFD_SETLK, F_WRLCK));
    return answered('fcntl(F_OFD_SETLK)', lock(must('open', open(path, O_RDWR)), F_OFD_SETLK, F_WRLCK));
  },
);

promise(
  'Record locks of two processes exclude each other: the second fails with EACCES or EAGAIN',
  {
    id: 'fcntl/lock-conflict',
    clause: 'POSIX.1-2024 XSH fcntl(), ERRORS [EACCES] or [EAGAIN]',
    expect: { linux: 'EAGAIN', freebsd: 'EAGAIN', openbsd: 'EAGAIN', netbsd: 'EAGAIN', darwin: 'EAGAIN' },
    supports: ['second-start', 'concurrent-start', 'pidfile'],
  },
  ({ scratch }) => {
    const directory = scratch();
    lockedFile(directory);
    return inChild(() =>
      answered('fcntl(F_SETLK)', lock(must('open', open(`${directory}/lock`, O_RDWR)), F_SETLK, F_WRLCK)),
    );
  },
);

promise(
  'F_GETLK tells which process holds a record lock',
  {
    id: 'fcntl/lock-holder',
    clause: 'POSIX.1-2024 XSH fcntl(), F_GETLK',
    expect: 'holder',
    supports: ['pidfile'],
  },
  ({ scratch }) => {
    const directory = scratch();
    const fd = lockedFile(directory);
    const holder = inChild(() => lock(fd, F_GETLK, F_WRLCK).holder);
    return saw(holder === getpid() ? 'holder' : 'somebody else', `l_pid ${holder}`);
  },
);

promise(
  'A record lock of the same process never conflicts with itself',
  {
    id: 'fcntl/lock-same-process',
    clause: 'POSIX.1-2024 XSH fcntl(), DESCRIPTION',
    expect: 'succeeds',
    supports: ['second-start'],
  },
  ({ scratch }) => {
    const directory = scratch();
    lockedFile(directory);
    return answered(
      'fcntl(F_SETLK)',
      lock(must('open', open(`${directory}/lock`, O_RDWR)), F_SETLK, F_WRLCK),
    );
  },
);

promise(
  'fcntl() of a descriptor that is not open fails with EBADF',
  { id: 'fcntl/not-open', clause: 'POSIX.1-2024 XSH fcntl(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('fcntl(99, F_GETFD)', fcntl(99, F_GETFD, 0)),
);

promise(
  'F_SETFD with a bit the system does not know',
  {
    id: 'fcntl/unknown-flag',
    clause: 'POSIX.1-2024 XSH fcntl(), F_SETFD',
    rows: ['K-FORK-10'],
    implementationDefined: true,
    expect: { linux: 'accepted and dropped' },
  },
  () => {
    const { errno } = fcntl(0, F_SETFD, 0x40);
    return saw(
      errno ?? ((fcntl(0, F_GETFD, 0).value & 0x40) === 0 ? 'accepted and dropped' : 'kept'),
      'fcntl(0, F_SETFD, 0x40)',
    );
  },
);
