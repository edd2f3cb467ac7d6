import { chmodSync, renameSync } from 'node:fs';
import { O_RDONLY, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { mkdir } from '../../harness/libc/sys-stat.ts';
import { fchdir, getcwd } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered } from './run/seen.ts';
import { dropPrivileges } from './scenery/user.ts';

promise(
  'fchdir() with a descriptor that is not open fails with EBADF',
  { id: 'fchdir/not-open', clause: 'POSIX.1-2024 XSH fchdir(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('fchdir(99)', fchdir(99)),
);

promise(
  'fchdir() with a file that is no directory fails with ENOTDIR',
  { id: 'fchdir/not-a-directory', clause: 'POSIX.1-2024 XSH fchdir(), ERRORS [ENOTDIR]', expect: 'ENOTDIR' },
  () => answered('fchdir(/dev/null)', fchdir(0)),
);

promise(
  'fchdir() to a directory without search permission fails with EACCES',
  { id: 'fchdir/no-permission', clause: 'POSIX.1-2024 XSH fchdir(), ERRORS [EACCES]', expect: 'EACCES' },
  ({ scratch }) => {
    const path = `${scratch()}/closed`;
    must('mkdir', mkdir(path, 0o700));
    const fd = must('open', open(path, O_RDONLY));
    chmodSync(path, 0);
    dropPrivileges();
    return answered('fchdir()', fchdir(fd));
  },
);

promise(
  'fchdir() goes where the descriptor leads, whatever its name is now',
  { id: 'fchdir/renamed', clause: 'POSIX.1-2024 XSH fchdir(), DESCRIPTION', expect: 'succeeds' },
  ({ scratch }) => {
    const [before, after] = [`${scratch()}/before`, `${scratch()}/after`];
    must('mkdir', mkdir(before, 0o700));
    const fd = must('open', open(before, O_RDONLY));
    renameSync(before, after);
    return answered('fchdir()', fchdir(fd), { 'it is there': getcwd(500).path === after });
  },
);
