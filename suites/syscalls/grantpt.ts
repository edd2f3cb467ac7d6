import { O_RDWR } from '../../harness/libc/fcntl.ts';
import { platform } from '../../harness/libc/platform.ts';
import { libcPromise } from './run/promise.ts';
import { answered } from './run/seen.ts';
import { asReturned } from './scenery/libc-program.ts';

libcPromise(
  'grantpt() of a master succeeds',
  { id: 'grantpt/master', clause: 'POSIX.1-2024 XSH grantpt(), RETURN VALUE', expect: 'succeeds' },
  (program) =>
    answered(
      'grantpt(master)',
      asReturned(program.call('grantpt', program.call('posix_openpt', O_RDWR | platform.O_NOCTTY).value)),
    ),
);

libcPromise(
  'grantpt() of a descriptor that is not open',
  {
    id: 'grantpt/not-open',
    clause: 'POSIX.1-2024 XSH grantpt(), ERRORS [EBADF], which an implementation may have',
    implementationDefined: true,
    expect: { glibc: 'EBADF', musl: 'succeeds' },
  },
  (program) => answered('grantpt(99)', asReturned(program.call('grantpt', 99))),
);

libcPromise(
  'grantpt() of a descriptor that is no master',
  {
    id: 'grantpt/no-master',
    clause: 'POSIX.1-2024 XSH grantpt(), ERRORS [EINVAL], which an implementation may have',
    implementationDefined: true,
    expect: { glibc: 'EINVAL', musl: 'succeeds' },
  },
  (program) => answered('grantpt(/dev/null)', asReturned(program.call('grantpt', 0))),
);
