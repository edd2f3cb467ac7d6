import { F_GETLK, F_WRLCK, lock, O_RDONLY, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { close, pipe2, read } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either, saw } from './run/seen.ts';
import { gate, inChild, start } from './scenery/child.ts';
import { asReturned } from './scenery/libc-program.ts';
import { lockedFile } from './scenery/locked-file.ts';

promise(
  'close() of a descriptor that is not open fails with EBADF',
  {
    id: 'close/not-open',
    clause: 'POSIX.1-2024 XSH close(), ERRORS [EBADF]',
    expect: 'EBADF',
    supports: ['descriptor-limit-cost'],
  },
  () => answered('close(99)', close(99)),
);

promise(
  'close() of a negative number fails with EBADF',
  { id: 'close/negative', clause: 'POSIX.1-2024 XSH close(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('close(-1)', close(-1)),
);

promise(
  'close() a second time fails with EBADF',
  { id: 'close/twice', clause: 'POSIX.1-2024 XSH close(), ERRORS [EBADF]', expect: 'EBADF' },
  () => {
    must('close', close(2));
    return answered('close(2) again', close(2));
  },
);

promise(
  'The last close() of the write end of a pipe gives its reader end of file',
  {
    id: 'close/pipe',
    clause: 'POSIX.1-2024 XSH close(), DESCRIPTION',
    expect: 'end of file',
    supports: ['inherited-pipe', 'captured-output'],
  },
  () => {
    const pipe = pipe2(0);
    must('close', close(pipe.write));
    return either(read(pipe.read, Buffer.alloc(1)).value === 0, 'end of file', 'waits', 'read()');
  },
);

promise(
  'While any process has the write end of a pipe its reader gets no end of file',
  {
    id: 'close/pipe-held',
    clause: 'POSIX.1-2024 XSH close(), DESCRIPTION; read()',
    expect: 'EAGAIN',
    supports: ['inherited-pipe', 'captured-output'],
  },
  () => {
    const pipe = pipe2(platform.O_NONBLOCK);
    const done = gate();
    start(() => done.pass());
    close(pipe.write);
    const result = read(pipe.read, Buffer.alloc(1));
    done.open();
    return answered('read()', result);
  },
);

promise(
  'close() of any descriptor of a file drops the record locks of the process on it',
  {
    id: 'close/record-locks',
    clause: 'POSIX.1-2024 XSH fcntl() and close(), DESCRIPTION',
    rows: ['K-FORK-6'],
    expect: 'dropped',
    supports: ['inherited-lock', 'pidfile'],
  },
  ({ scratch }) => {
    const directory = scratch();
    const fd = lockedFile(directory);
    close(must('open', open(`${directory}/lock`, O_RDONLY)));
    const holder = inChild(() => lock(fd, F_GETLK, F_WRLCK).holder);
    return saw(holder === null ? 'dropped' : 'kept', 'F_GETLK in a child');
  },
);

libcPromise(
  'close() of the C library sets EBADF',
  { id: 'close/libc', clause: 'POSIX.1-2024 XSH close(), ERRORS [EBADF]', expect: 'EBADF' },
  (program) => answered('close(99)', asReturned(program.call('close', 99))),
);
