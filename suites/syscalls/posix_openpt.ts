import { constants } from 'node:fs';
import { O_RDWR } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { posixOpenpt } from '../../harness/libc/stdlib.ts';
import { getrlimit, setrlimit } from '../../harness/libc/sys-resource.ts';
import { setsid } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { asReturned } from './scenery/libc-program.ts';
import { freshTerminal, hasTerminal } from './scenery/terminal.ts';

const { O_APPEND } = constants;

promise(
  'Opening the master of a terminal never acquires it',
  {
    id: 'posix_openpt/master',
    clause: 'POSIX.1-2024 XSH posix_openpt(), O_NOCTTY',
    rows: ['K-TTY-6'],
    expect: 'does not acquire',
    supports: ['terminal-acquisition'],
  },
  () => {
    must('setsid', setsid());
    must('posix_openpt', posixOpenpt(O_RDWR));
    return saw(hasTerminal() ? 'acquires' : 'does not acquire', 'posix_openpt(O_RDWR) by a session leader');
  },
);

promise(
  'posix_openpt() at the limit of descriptors fails with EMFILE',
  { id: 'posix_openpt/limit', clause: 'POSIX.1-2024 XSH posix_openpt(), ERRORS [EMFILE]', expect: 'EMFILE' },
  () => {
    must(
      'setrlimit',
      setrlimit(platform.RLIMIT_NOFILE, { soft: 3n, hard: getrlimit(platform.RLIMIT_NOFILE).hard }),
    );
    return answered('posix_openpt()', posixOpenpt(O_RDWR));
  },
);

promise(
  'posix_openpt() gives two callers two terminals',
  {
    id: 'posix_openpt/unique',
    clause: 'POSIX.1-2024 XSH posix_openpt(), DESCRIPTION: unused device',
    expect: 'two',
  },
  () => {
    const paths = [freshTerminal().path, freshTerminal().path];
    return saw(new Set(paths).size === 2 ? 'two' : 'one', 'paths of the slaves');
  },
);

libcPromise(
  'posix_openpt() of the C library opens the master of a terminal',
  { id: 'posix_openpt/libc', clause: 'POSIX.1-2024 XSH posix_openpt(), DESCRIPTION', expect: 'terminal' },
  (program) => {
    const { value, errno } = program.call('posix_openpt', O_RDWR);
    return saw(
      value === -1 ? errno : program.call('isatty', value).value === 1 ? 'terminal' : 'something else',
      'isatty() of it',
    );
  },
);

libcPromise(
  'posix_openpt() of the C library with a flag it does not know',
  {
    id: 'posix_openpt/libc-flags',
    clause: 'POSIX.1-2024 XSH posix_openpt(), ERRORS [EINVAL], which an implementation may have',
    implementationDefined: true,
    expect: { glibc: 'succeeds', musl: 'succeeds' },
  },
  (program) =>
    answered(
      'posix_openpt(O_RDWR | O_APPEND)',
      asReturned(program.call('posix_openpt', O_RDWR | O_APPEND)),
      {},
    ),
);
