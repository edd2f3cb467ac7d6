import { must } from '../../harness/libc/library.ts';
import { chdir, getcwd } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either, saw } from './run/seen.ts';
import { enterRemoved } from './scenery/removed-directory.ts';

promise(
  'getcwd() in a removed directory fails with ENOENT',
  {
    id: 'getcwd/removed',
    clause: 'POSIX.1-2024 XSH getcwd(), ERRORS [ENOENT]',
    rows: ['K-CWD-1'],
    expect: 'ENOENT',
    supports: ['unreachable-directory', 'working-directory'],
  },
  ({ scratch }) => {
    enterRemoved(scratch());
    return answered('getcwd()', getcwd(500));
  },
);

promise(
  'getcwd() with a buffer that is too small fails with ERANGE',
  { id: 'getcwd/too-small', clause: 'POSIX.1-2024 XSH getcwd(), ERRORS [ERANGE]', expect: 'ERANGE' },
  () => {
    must('chdir', chdir('/tmp'));
    return answered('getcwd(4)', getcwd(4));
  },
);

promise(
  'getcwd() with a size of 0 fails with EINVAL',
  { id: 'getcwd/zero', clause: 'POSIX.1-2024 XSH getcwd(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () => answered('getcwd(0)', getcwd(0)),
);

libcPromise(
  'getcwd() of the C library without a buffer',
  {
    id: 'getcwd/libc-null',
    clause: 'POSIX.1-2024 XSH getcwd(): a null buffer is unspecified',
    implementationDefined: true,
    expect: { glibc: 'allocates', musl: 'allocates' },
  },
  (program) => either(program.call('getcwd', 0, 0).raw !== 0n, 'allocates', 'fails', 'getcwd(NULL, 0)'),
);

libcPromise(
  'getcwd() of the C library sets ERANGE for a buffer that is too small',
  { id: 'getcwd/libc-too-small', clause: 'POSIX.1-2024 XSH getcwd(), ERRORS [ERANGE]', expect: 'ERANGE' },
  (program) => {
    program.call('chdir', '/tmp');
    const { raw, errno } = program.call('getcwd', Buffer.alloc(4), 4);
    return saw(raw === 0n ? errno : 'succeeds', 'getcwd(4)');
  },
);
