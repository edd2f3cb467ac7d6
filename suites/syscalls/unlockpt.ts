import { O_RDWR, open } from '../../harness/libc/fcntl.ts';
import { platform } from '../../harness/libc/platform.ts';
import { libcPromise } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { asReturned } from './scenery/libc-program.ts';

libcPromise(
  'The slave cannot be opened before unlockpt()',
  {
    id: 'unlockpt/locked',
    clause: 'POSIX.1-2024 XSH unlockpt(), DESCRIPTION',
    expect: { linux: 'EIO, then succeeds', freebsd: 'succeeds, then succeeds' },
  },
  (program) => {
    const master = program.call('posix_openpt', O_RDWR | platform.O_NOCTTY).value;
    const name = Buffer.alloc(64);
    program.call('ptsname_r', master, name, name.length);
    const path = name.toString('latin1', 0, name.indexOf(0));
    const before = open(path, O_RDWR | platform.O_NOCTTY).errno ?? 'succeeds';
    program.call('unlockpt', master);
    return saw(
      `${before}, then ${open(path, O_RDWR | platform.O_NOCTTY).errno ?? 'succeeds'}`,
      `open("${path.replace(/\d+$/, 'N')}")`,
    );
  },
);

libcPromise(
  'unlockpt() of a descriptor that is not open',
  {
    id: 'unlockpt/not-open',
    clause: 'POSIX.1-2024 XSH unlockpt(), ERRORS [EBADF], which an implementation may have',
    implementationDefined: true,
    expect: { glibc: 'EBADF', musl: 'EBADF' },
  },
  (program) => answered('unlockpt(99)', asReturned(program.call('unlockpt', 99))),
);

libcPromise(
  'unlockpt() of a descriptor that is no master',
  {
    id: 'unlockpt/no-master',
    clause: 'POSIX.1-2024 XSH unlockpt(), ERRORS [EINVAL], which an implementation may have',
    implementationDefined: true,
    expect: { glibc: 'EINVAL', musl: 'ENOTTY' },
  },
  (program) => answered('unlockpt(/dev/null)', asReturned(program.call('unlockpt', 0))),
);
