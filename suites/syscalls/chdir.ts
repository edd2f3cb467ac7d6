import { constants, symlinkSync } from 'node:fs';
import { O_RDONLY, O_WRONLY, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { mkdir } from '../../harness/libc/sys-stat.ts';
import { chdir, chroot, getcwd } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { allOf, answered, saw } from './run/seen.ts';
import { inChild } from './scenery/child.ts';
import { enterRemoved } from './scenery/removed-directory.ts';
import { dropPrivileges } from './scenery/user.ts';

const { O_CREAT } = constants;

promise(
  'chdir() to a path that does not exist fails with ENOENT',
  {
    id: 'chdir/no-such-directory',
    clause: 'POSIX.1-2024 XSH chdir(), ERRORS [ENOENT]',
    expect: 'ENOENT',
    supports: ['unreachable-directory'],
  },
  () => answered('chdir()', chdir('/no/such/directory'), { 'directory unchanged': getcwd(10).path === '/' }),
);

promise(
  'chdir() to an empty path fails with ENOENT',
  { id: 'chdir/empty', clause: 'POSIX.1-2024 XSH chdir(), ERRORS [ENOENT]', expect: 'ENOENT' },
  () => answered('chdir("")', chdir('')),
);

promise(
  'chdir() to a file that is no directory fails with ENOTDIR',
  { id: 'chdir/not-a-directory', clause: 'POSIX.1-2024 XSH chdir(), ERRORS [ENOTDIR]', expect: 'ENOTDIR' },
  () => answered('chdir("/dev/null")', chdir('/dev/null')),
);

promise(
  'chdir() to a directory without search permission fails with EACCES',
  {
    id: 'chdir/no-permission',
    clause: 'POSIX.1-2024 XSH chdir(), ERRORS [EACCES]',
    expect: 'EACCES',
    supports: ['unreachable-directory'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/closed`;
    must('mkdir', mkdir(path, 0));
    dropPrivileges();
    return answered('chdir()', chdir(path));
  },
);

promise(
  'chdir() through a loop of symbolic links fails with ELOOP',
  { id: 'chdir/loop', clause: 'POSIX.1-2024 XSH chdir(), ERRORS [ELOOP]', expect: 'ELOOP' },
  ({ scratch }) => {
    symlinkSync('loop', `${scratch()}/loop`);
    return answered('chdir()', chdir(`${scratch()}/loop`));
  },
);

promise(
  'chdir() to a name longer than NAME_MAX fails with ENAMETOOLONG',
  {
    id: 'chdir/name-too-long',
    clause: 'POSIX.1-2024 XSH chdir(), ERRORS [ENAMETOOLONG]',
    expect: 'ENAMETOOLONG',
  },
  () => answered('chdir()', chdir(`/${'x'.repeat(300)}`)),
);

promise(
  'chdir() in a child moves only the child',
  {
    id: 'chdir/child',
    clause: 'POSIX.1-2024 XSH chdir(), DESCRIPTION',
    expect: 'unchanged',
    supports: ['working-directory'],
  },
  () => {
    inChild(() => void chdir('/tmp'));
    return saw(getcwd(10).path === '/' ? 'unchanged' : 'changed', 'directory of the parent');
  },
);

promise(
  'chdir("/") recovers from a removed directory',
  {
    id: 'chdir/from-removed',
    clause: 'POSIX.1-2024 XSH chdir(), DESCRIPTION',
    rows: ['K-CWD-1'],
    expect: 'succeeds',
    supports: ['unreachable-directory', 'working-directory'],
  },
  ({ scratch }) => {
    enterRemoved(scratch());
    return answered('chdir("/")', chdir('/'), { 'getcwd() works again': getcwd(10).path === '/' });
  },
);

promise(
  'A path relative to a removed directory does not exist',
  {
    id: 'chdir/below-removed',
    clause: 'POSIX.1-2024 XSH open(), ERRORS [ENOENT]',
    rows: ['K-CWD-1'],
    expect: 'ENOENT',
    supports: ['unreachable-directory'],
  },
  ({ scratch }) => {
    enterRemoved(scratch());
    return answered('open("file", O_CREAT)', open('file', O_WRONLY | O_CREAT, 0o600));
  },
);

promise(
  'The root of chroot() does not move the working directory',
  {
    id: 'chdir/chroot',
    clause: 'chroot(2): the working directory may stay outside',
    needs: 'root',
    expect: 'stays outside',
    supports: ['root-directory'],
  },
  ({ scratch }) => {
    must('chroot', chroot(scratch()));
    const outside = open('dev/null', O_RDONLY).errno === null;
    return allOf(outside ? 'stays outside' : 'moves', 'chroot() without chdir()', {
      'absolute paths are inside': open('/dev/null', O_RDONLY).errno === 'ENOENT',
    });
  },
);
