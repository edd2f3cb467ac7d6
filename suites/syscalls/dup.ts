import { constants } from 'node:fs';
import { F_DUPFD, fcntl, O_RDWR, O_WRONLY, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { getrlimit, setrlimit } from '../../harness/libc/sys-resource.ts';
import { close, dup } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { closesOnExec } from './scenery/streams.ts';

const { O_CREAT } = constants;

promise(
  'dup() and open() give the lowest descriptor that is free',
  {
    id: 'dup/lowest',
    clause: 'POSIX.1-2024 XSH dup() and open(), DESCRIPTION; 2.14',
    rows: ['K-FD-1'],
    expect: '0, 1, 2',
    supports: ['standard-streams', 'closed-standard-streams'],
  },
  () => {
    const kept = must('fcntl(F_DUPFD)', fcntl(0, F_DUPFD, 30));
    for (const fd of [0, 1, 2]) close(fd);
    return saw(
      [dup(kept).value, open('/dev/null', O_RDWR).value, dup(kept).value].join(', '),
      'dup(), open(), dup() after close() of 0, 1 and 2',
    );
  },
);

promise(
  'A file opened with descriptor 2 closed becomes standard error',
  {
    id: 'dup/standard-error',
    clause: 'POSIX.1-2024 XSH open(), DESCRIPTION; 2.14',
    rows: ['K-FD-1'],
    expect: '2',
    supports: ['closed-standard-streams', 'standard-streams'],
  },
  ({ scratch }) => {
    close(2);
    return saw(String(open(`${scratch()}/file`, O_WRONLY | O_CREAT, 0o600).value), 'open() after close(2)');
  },
);

promise(
  'dup() of a descriptor that is not open fails with EBADF',
  { id: 'dup/not-open', clause: 'POSIX.1-2024 XSH dup(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('dup(99)', dup(99)),
);

promise(
  'dup() at the limit of descriptors fails with EMFILE',
  { id: 'dup/limit', clause: 'POSIX.1-2024 XSH dup(), ERRORS [EMFILE]', expect: 'EMFILE' },
  () => {
    must(
      'setrlimit',
      setrlimit(platform.RLIMIT_NOFILE, { soft: 3n, hard: getrlimit(platform.RLIMIT_NOFILE).hard }),
    );
    return answered('dup(0)', dup(0));
  },
);

promise(
  'dup() does not copy FD_CLOEXEC',
  {
    id: 'dup/cloexec',
    clause: 'POSIX.1-2024 XSH dup(), DESCRIPTION',
    expect: 'cleared',
    supports: ['inherited-descriptors'],
  },
  () => {
    const fd = must('open', open('/dev/null', O_RDWR | platform.O_CLOEXEC));
    return saw(closesOnExec(must('dup', dup(fd))) ? 'copied' : 'cleared', 'flags of the copy');
  },
);
