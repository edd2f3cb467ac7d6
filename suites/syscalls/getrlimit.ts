import { F_DUPFD, fcntl, O_RDWR, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { getrlimit, setrlimit } from '../../harness/libc/sys-resource.ts';
import { close } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { reportDescriptor } from './run/worker.ts';
import { aboveLimit } from './scenery/above-limit.ts';
import { whileRunning } from './scenery/execute.ts';
import { descriptorOf } from './scenery/observed.ts';
import { isOpen } from './scenery/streams.ts';
import { dropPrivileges } from './scenery/user.ts';

promise(
  'Descriptors above a lowered limit stay open',
  {
    id: 'getrlimit/open-above',
    clause: 'POSIX.1-2024 XSH getrlimit(), RLIMIT_NOFILE: one greater than what may be assigned',
    rows: ['K-FD-2'],
    expect: 'open',
    supports: ['inherited-descriptors-above-limit'],
  },
  () => {
    aboveLimit();
    return saw(
      isOpen(900) && isOpen(901) ? 'open' : 'closed',
      'descriptors 900 and 901 under a soft limit of 256',
    );
  },
);

promise(
  'A loop up to the limit misses descriptors above it',
  {
    id: 'getrlimit/loop',
    clause: 'POSIX.1-2024 XSH getrlimit(), RLIMIT_NOFILE',
    rows: ['K-FD-2'],
    expect: 'misses them',
    supports: ['inherited-descriptors-above-limit', 'descriptor-limit-cost'],
  },
  () => {
    aboveLimit();
    const { soft } = getrlimit(platform.RLIMIT_NOFILE);
    for (let fd = 3; fd < Number(soft); fd++) if (fd !== reportDescriptor) close(fd);
    return saw(isOpen(900) ? 'misses them' : 'closes them', 'descriptor 900 after close() of 3 to 255');
  },
);

promise(
  'A descriptor above the limit survives exec',
  {
    id: 'getrlimit/exec-above',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    rows: ['K-FD-2'],
    expect: 'open',
    supports: ['inherited-descriptors-above-limit'],
  },
  () =>
    saw(
      whileRunning('/bin/cat', [], aboveLimit, ({ pid }) => descriptorOf(pid, 900)) === null
        ? 'closed'
        : 'open',
      'descriptor 900 after exec',
    ),
);

promise(
  'open() at the limit of descriptors fails with EMFILE',
  {
    id: 'getrlimit/open',
    clause: 'POSIX.1-2024 XSH open(), ERRORS [EMFILE]',
    expect: 'EMFILE',
    supports: ['descriptor-limit-cost'],
  },
  () => {
    must(
      'setrlimit',
      setrlimit(platform.RLIMIT_NOFILE, { soft: 3n, hard: getrlimit(platform.RLIMIT_NOFILE).hard }),
    );
    return answered('open()', open('/dev/null', O_RDWR));
  },
);

promise(
  'fcntl(F_DUPFD) from a number not below the limit fails with EINVAL',
  { id: 'getrlimit/dupfd', clause: 'POSIX.1-2024 XSH fcntl(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () =>
    answered('fcntl(F_DUPFD, OPEN_MAX)', fcntl(0, F_DUPFD, Number(getrlimit(platform.RLIMIT_NOFILE).soft))),
);

promise(
  'A soft limit above the hard one fails with EINVAL',
  {
    id: 'getrlimit/soft-above-hard',
    clause: 'POSIX.1-2024 XSH setrlimit(), ERRORS [EINVAL]',
    expect: {
      linux: 'EINVAL',
      freebsd: {
        kind: 'succeeds',
        source: 'measured on FreeBSD 13.2; sys/kern/kern_resource.c, kern_proc_setrlimit()',
      },
      openbsd: 'EINVAL',
      netbsd: 'EINVAL',
      darwin: 'EINVAL',
    },
    standard: 'EINVAL',
  },
  () => {
    const result = setrlimit(platform.RLIMIT_NOFILE, { soft: 20n, hard: 10n });
    const cut = getrlimit(platform.RLIMIT_NOFILE).soft === 10n;
    return answered(
      'setrlimit(soft 20, hard 10)',
      result,
      result.errno === null ? { 'the soft limit is cut to the hard one': cut } : {},
    );
  },
);

promise(
  'Raising the hard limit without the privilege fails with EPERM',
  {
    id: 'getrlimit/raise',
    clause: 'POSIX.1-2024 XSH setrlimit(), ERRORS [EPERM]',
    expect: 'EPERM',
    supports: ['resource-limits'],
  },
  () => {
    dropPrivileges();
    must('setrlimit', setrlimit(platform.RLIMIT_NOFILE, { soft: 300n, hard: 300n }));
    return answered('setrlimit(hard 301)', setrlimit(platform.RLIMIT_NOFILE, { soft: 300n, hard: 301n }));
  },
);

promise(
  'getrlimit() of an unknown resource fails with EINVAL',
  { id: 'getrlimit/unknown', clause: 'POSIX.1-2024 XSH getrlimit(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () => answered('getrlimit(1000)', getrlimit(1000)),
);
