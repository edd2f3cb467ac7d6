import { platform } from '../../harness/libc/platform.ts';
import { getrlimit } from '../../harness/libc/sys-resource.ts';
import { libcPromise } from './run/promise.ts';
import { answered, either } from './run/seen.ts';
import { asReturned } from './scenery/libc-program.ts';

libcPromise(
  'sysconf(_SC_OPEN_MAX) is the soft limit of descriptors',
  {
    id: 'sysconf/open-max',
    clause: 'POSIX.1-2024 XSH sysconf(), _SC_OPEN_MAX',
    rows: ['K-LIBC-4'],
    expect: 'soft limit',
    supports: ['inherited-descriptors-above-limit', 'descriptor-limit-cost'],
  },
  (program) => {
    const limit = Buffer.alloc(16);
    limit.writeBigUInt64LE(300n, 0);
    limit.writeBigUInt64LE(getrlimit(platform.RLIMIT_NOFILE).hard, 8);
    program.call('setrlimit', platform.RLIMIT_NOFILE, limit);
    const { raw } = program.call('sysconf', platform._SC_OPEN_MAX);
    return either(
      raw === 300n,
      'soft limit',
      'something else',
      `sysconf(): ${raw} under a soft limit of 300`,
    );
  },
);

libcPromise(
  'sysconf() of an unknown name fails with EINVAL',
  { id: 'sysconf/unknown', clause: 'POSIX.1-2024 XSH sysconf(), ERRORS [EINVAL]', expect: 'EINVAL' },
  (program) => answered('sysconf(99999)', asReturned(program.call('sysconf', 99_999))),
);
