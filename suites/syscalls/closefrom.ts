import { F_DUPFD, F_GETFD } from '../../harness/libc/fcntl.ts';
import { platform } from '../../harness/libc/platform.ts';
import { getrlimit } from '../../harness/libc/sys-resource.ts';
import { libcPromise } from './run/promise.ts';
import { saw, unsupported } from './run/seen.ts';
import { replyDescriptor } from './scenery/libc-program-image.ts';

libcPromise(
  'closefrom() closes every descriptor from one number on, also above the soft limit',
  {
    id: 'closefrom/above-limit',
    clause: 'closefrom(3): the BSDs, glibc 2.34',
    rows: ['K-FD-3'],
    expect: {
      glibc: 'all closed',
      musl: 'unsupported',
      freebsd: 'all closed',
      openbsd: 'all closed',
      netbsd: 'all closed',
      darwin: 'unsupported',
    },
    supports: ['inherited-descriptors', 'inherited-descriptors-above-limit'],
  },
  (program) => {
    if (!program.has('closefrom')) return unsupported('the C library has no closefrom()');
    program.call('fcntl', 0, F_DUPFD, 900);
    const limit = Buffer.alloc(16);
    limit.writeBigUInt64LE(256n, 0);
    limit.writeBigUInt64LE(getrlimit(platform.RLIMIT_NOFILE).hard, 8);
    program.call('setrlimit', platform.RLIMIT_NOFILE, limit);
    program.call('closefrom', replyDescriptor + 1);
    return saw(
      program.call('fcntl', 900, F_GETFD, 0).value === -1 ? 'all closed' : 'some open',
      'descriptor 900 under a soft limit of 256',
    );
  },
);
