import { O_RDWR } from '../../harness/libc/fcntl.ts';
import { errnoName } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { libcPromise } from './run/promise.ts';
import { saw } from './run/seen.ts';

libcPromise(
  'ptsname() of a master names its slave',
  { id: 'ptsname/master', clause: 'POSIX.1-2024 XSH ptsname(), RETURN VALUE', expect: 'a terminal' },
  (program) => {
    const master = program.call('posix_openpt', O_RDWR | platform.O_NOCTTY).value;
    program.call('unlockpt', master);
    const name = program.call('ptsname', master).raw;
    const slave = program.call('open', name, O_RDWR | platform.O_NOCTTY).value;
    return saw(
      slave >= 0 && program.call('isatty', slave).value === 1 ? 'a terminal' : 'nothing',
      'open(ptsname())',
    );
  },
);

libcPromise(
  'ptsname() of a descriptor that is no master is null',
  {
    id: 'ptsname/no-master',
    clause: 'POSIX.1-2024 XSH ptsname(), RETURN VALUE and ERRORS',
    expect: 'null, ENOTTY',
  },
  (program) => {
    const { raw, errno } = program.call('ptsname', 0);
    return saw(raw === 0n ? `null, ${errno}` : 'a name', 'ptsname(/dev/null)');
  },
);

libcPromise(
  'ptsname() of a descriptor that is not open is null',
  {
    id: 'ptsname/not-open',
    clause: 'POSIX.1-2024 XSH ptsname(), RETURN VALUE and ERRORS',
    expect: 'null, EBADF',
  },
  (program) => {
    const { raw, errno } = program.call('ptsname', 99);
    return saw(raw === 0n ? `null, ${errno}` : 'a name', 'ptsname(99)');
  },
);

libcPromise(
  'ptsname_r() with a buffer that is too small returns ERANGE',
  {
    id: 'ptsname/too-small',
    clause: 'POSIX.1-2024 XSH ptsname_r(), Issue 8, ERRORS [ERANGE]',
    expect: 'ERANGE',
  },
  (program) => {
    const master = program.call('posix_openpt', O_RDWR | platform.O_NOCTTY).value;
    return saw(errnoName(program.call('ptsname_r', master, Buffer.alloc(4), 4).value), 'ptsname_r(4)');
  },
);
