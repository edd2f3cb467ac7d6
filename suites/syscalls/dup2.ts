import { constants } from 'node:fs';
import { O_RDWR, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { getrlimit } from '../../harness/libc/sys-resource.ts';
import { dup2, lseek, pipe2, read, write } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either, saw } from './run/seen.ts';
import { asReturned } from './scenery/libc-program.ts';
import { closesOnExec, isOpen } from './scenery/streams.ts';

const { O_CREAT } = constants;

promise(
  'dup2() of a descriptor that is not open fails with EBADF and leaves the other alone',
  { id: 'dup2/not-open', clause: 'POSIX.1-2024 XSH dup2(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('dup2(99, 1)', dup2(99, 1), { 'the other is still open': isOpen(1) }),
);

promise(
  'dup2() to a negative number fails with EBADF',
  { id: 'dup2/negative', clause: 'POSIX.1-2024 XSH dup2(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('dup2(0, -1)', dup2(0, -1)),
);

promise(
  'dup2() to a number not below the limit fails with EBADF',
  {
    id: 'dup2/limit',
    clause: 'POSIX.1-2024 XSH dup2(), ERRORS [EBADF]',
    expect: 'EBADF',
    supports: ['inherited-descriptors-above-limit'],
  },
  () => {
    const { soft } = getrlimit(platform.RLIMIT_NOFILE);
    return answered('dup2(0, OPEN_MAX)', dup2(0, Number(soft)));
  },
);

promise(
  'dup2() replaces what the other descriptor was',
  {
    id: 'dup2/replaces',
    clause: 'POSIX.1-2024 XSH dup2(), DESCRIPTION',
    expect: 'succeeds',
    supports: ['standard-streams'],
  },
  () => {
    const pipe = pipe2(platform.O_NONBLOCK);
    const result = dup2(0, pipe.write);
    return answered('dup2(0, end of a pipe)', result, {
      'it returns that number': result.value === pipe.write,
      'the pipe has no writer left': read(pipe.read, Buffer.alloc(1)).value === 0,
    });
  },
);

promise(
  'dup2() clears FD_CLOEXEC of the new descriptor',
  {
    id: 'dup2/cloexec',
    clause: 'POSIX.1-2024 XSH dup2(), DESCRIPTION',
    rows: ['K-FD-4'],
    expect: 'cleared',
    supports: ['standard-streams'],
  },
  () => {
    const [from, to] = [
      must('open', open('/dev/null', O_RDWR | platform.O_CLOEXEC)),
      must('open', open('/dev/null', O_RDWR | platform.O_CLOEXEC)),
    ];
    must('dup2', dup2(from, to));
    return saw(closesOnExec(to) ? 'kept' : 'cleared', 'flags of the new descriptor');
  },
);

promise(
  'dup2() of a descriptor onto itself changes nothing, FD_CLOEXEC included',
  {
    id: 'dup2/same',
    clause: 'POSIX.1-2024 XSH dup2(), DESCRIPTION',
    rows: ['K-FD-4'],
    expect: 'succeeds',
    supports: ['standard-streams'],
  },
  () => {
    const fd = must('open', open('/dev/null', O_RDWR | platform.O_CLOEXEC));
    return answered('dup2(fd, fd)', dup2(fd, fd), { 'still close-on-exec': closesOnExec(fd) });
  },
);

promise(
  'dup2() of a closed descriptor onto itself fails with EBADF',
  { id: 'dup2/same-not-open', clause: 'POSIX.1-2024 XSH dup2(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('dup2(99, 99)', dup2(99, 99)),
);

promise(
  'dup2() shares the open file description',
  { id: 'dup2/shares', clause: 'POSIX.1-2024 XSH dup2(), DESCRIPTION', expect: 'shared' },
  ({ scratch }) => {
    const fd = must('open', open(`${scratch()}/file`, O_RDWR | O_CREAT, 0o600));
    must('dup2', dup2(fd, 20));
    write(fd, Buffer.from('12345'));
    return either(lseek(20, 0, 1).value === 5, 'shared', 'separate', 'offset of the other after write()');
  },
);

libcPromise(
  'dup2() of the C library sets EBADF',
  { id: 'dup2/libc', clause: 'POSIX.1-2024 XSH dup2(), ERRORS [EBADF]', expect: 'EBADF' },
  (program) => answered('dup2(99, 50)', asReturned(program.call('dup2', 99, 50))),
);
