import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { dup3 } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, saw, unsupported } from './run/seen.ts';
import { asReturned } from './scenery/libc-program.ts';
import { closesOnExec } from './scenery/streams.ts';

promise(
  'dup3() of a descriptor onto itself fails with EINVAL',
  { id: 'dup3/same', clause: 'POSIX.1-2024 XSH dup3(), ERRORS [EINVAL]', rows: ['K-FD-4'], expect: 'EINVAL' },
  () => answered('dup3(0, 0, 0)', dup3(0, 0, 0)),
);

promise(
  'dup3() with an unknown flag fails with EINVAL',
  { id: 'dup3/flags', clause: 'POSIX.1-2024 XSH dup3(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () => answered('dup3(0, 20, 1)', dup3(0, 20, 1)),
);

promise(
  'dup3() of a descriptor that is not open fails with EBADF',
  { id: 'dup3/not-open', clause: 'POSIX.1-2024 XSH dup3(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('dup3(99, 20, 0)', dup3(99, 20, 0)),
);

promise(
  'dup3() with O_CLOEXEC sets FD_CLOEXEC',
  { id: 'dup3/cloexec', clause: 'POSIX.1-2024 XSH dup3(), DESCRIPTION', rows: ['K-FD-4'], expect: 'set' },
  () => {
    must('dup3', dup3(0, 20, platform.O_CLOEXEC));
    return saw(closesOnExec(20) ? 'set' : 'not set', 'flags of the new descriptor');
  },
);

libcPromise(
  'dup3() of the C library fails with EINVAL for a descriptor onto itself',
  { id: 'dup3/libc', clause: 'POSIX.1-2024 XSH dup3(), ERRORS [EINVAL]', expect: 'EINVAL' },
  (program) =>
    program.has('dup3')
      ? answered('dup3(0, 0, 0)', asReturned(program.call('dup3', 0, 0, 0)))
      : unsupported('the C library has no dup3()'),
);
