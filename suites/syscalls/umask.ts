import { chmodSync, constants, writeFileSync } from 'node:fs';
import { O_WRONLY, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { mkdir, mkfifo, mknod, umask } from '../../harness/libc/sys-stat.ts';
import { getpid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw, unsupported } from './run/seen.ts';
import { inChild } from './scenery/child.ts';
import { factOf } from './scenery/observed.ts';
import { modeOf } from './scenery/streams.ts';

const { O_CREAT } = constants;

/** <sys/stat.h>, the same number everywhere. */
const S_IFIFO = 0o010000;

promise(
  'umask() returns the mask that was in force',
  {
    id: 'umask/previous',
    clause: 'POSIX.1-2024 XSH umask(), RETURN VALUE',
    rows: ['K-UM-1'],
    expect: 'previous',
    supports: ['file-mode-creation-mask'],
  },
  () => {
    umask(0o137);
    const value = umask(0o022);
    return either(value === 0o137, 'previous', 'something else', `umask(): 0${value.toString(8)}`);
  },
);

promise(
  'umask() takes no bits beyond 0777',
  {
    id: 'umask/other-bits',
    clause: 'POSIX.1-2024 XSH umask(), DESCRIPTION: only the permission bits are used',
    rows: ['K-UM-1'],
    expect: {
      linux: '0777',
      freebsd: {
        kind: '07777',
        source: 'measured on FreeBSD 13.2; sys/kern/vfs_syscalls.c, kern_umask(): ALLPERMS',
      },
      openbsd: '0777',
      netbsd: { kind: '07777', source: 'sys/kern/vfs_syscalls.c, sys_umask(): ALLPERMS' },
      darwin: '0777',
    },
    standard: '0777',
    supports: ['file-mode-creation-mask'],
  },
  () => {
    umask(0o7777);
    return saw(`0${umask(0).toString(8)}`, 'mask after umask(07777)');
  },
);

promise(
  'open() creates 0666 under mask 0',
  {
    id: 'umask/open-zero',
    clause: 'POSIX.1-2024 XSH open(), O_CREAT; umask()',
    rows: ['K-UM-2'],
    expect: '0666',
    supports: ['file-mode-creation-mask', 'created-file-modes'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/file`;
    umask(0);
    must('open', open(path, O_WRONLY | O_CREAT, 0o666));
    return saw(modeOf(path), 'open(O_CREAT, 0666)');
  },
);

promise(
  'open() creates 0640 of 0666 under mask 0137',
  {
    id: 'umask/open',
    clause: 'POSIX.1-2024 XSH open(), O_CREAT; umask()',
    rows: ['K-UM-2'],
    expect: '0640',
    supports: ['inherited-file-mode-creation-mask', 'created-file-modes'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/file`;
    umask(0o137);
    must('open', open(path, O_WRONLY | O_CREAT, 0o666));
    return saw(modeOf(path), 'open(O_CREAT, 0666)');
  },
);

promise(
  'mkdir() creates 0640 of 0777 under mask 0137',
  {
    id: 'umask/mkdir',
    clause: 'POSIX.1-2024 XSH mkdir(); umask()',
    rows: ['K-UM-1'],
    expect: '0640',
    supports: ['created-file-modes'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/directory`;
    umask(0o137);
    must('mkdir', mkdir(path, 0o777));
    return saw(modeOf(path), 'mkdir(0777)');
  },
);

promise(
  'mkfifo() creates 0640 of 0666 under mask 0137',
  {
    id: 'umask/mkfifo',
    clause: 'POSIX.1-2024 XSH mkfifo(); umask()',
    rows: ['K-UM-1'],
    expect: '0640',
    supports: ['created-file-modes'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/fifo`;
    umask(0o137);
    must('mkfifo', mkfifo(path, 0o666));
    return saw(modeOf(path), 'mkfifo(0666)');
  },
);

promise(
  'mknod() creates 0640 of 0666 under mask 0137',
  {
    id: 'umask/mknod',
    clause: 'POSIX.1-2024 XSH mknod(); umask()',
    rows: ['K-UM-1'],
    expect: '0640',
    supports: ['created-file-modes'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/fifo`;
    umask(0o137);
    must('mknod', mknod(path, S_IFIFO | 0o666));
    return saw(modeOf(path), 'mknod(S_IFIFO | 0666)');
  },
);

promise(
  'The mask does not affect chmod()',
  {
    id: 'umask/chmod',
    clause: 'POSIX.1-2024 XSH chmod(), DESCRIPTION',
    expect: '0666',
    supports: ['created-file-modes'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/file`;
    umask(0o137);
    writeFileSync(path, '');
    chmodSync(path, 0o666);
    return saw(modeOf(path), 'chmod(0666)');
  },
);

promise(
  'A child that changes the mask changes only its own',
  {
    id: 'umask/child',
    clause: 'POSIX.1-2024 XSH umask(), DESCRIPTION: of the calling process',
    expect: 'its own',
    supports: ['inherited-file-mode-creation-mask'],
  },
  () => {
    umask(0o137);
    inChild(() => void umask(0));
    return saw(umask(0) === 0o137 ? 'its own' : "its parent's too", 'mask of the parent');
  },
);

promise(
  'The kernel shows the mask of a process',
  {
    id: 'umask/proc-status',
    clause: 'proc_pid_status(5), Umask, Linux 4.7',
    rows: ['K-UM-4'],
    expect: { linux: '0137' },
    supports: ['file-mode-creation-mask'],
  },
  () => {
    if (process.platform !== 'linux') return unsupported('there is no proc_pid_status(5) here');
    umask(0o137);
    return saw(factOf(getpid(), 'fileModeCreationMask'), 'Umask of the process');
  },
);
