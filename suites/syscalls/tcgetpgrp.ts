import { must } from '../../harness/libc/library.ts';
import { kill } from '../../harness/libc/signal.ts';
import { getpid, setpgid, setsid, tcgetpgrp, tcsetpgrp } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, either } from './run/seen.ts';
import { gate, inChild, start } from './scenery/child.ts';
import { freshTerminal, leadSessionOn, openQuietly } from './scenery/terminal.ts';

promise(
  'tcgetpgrp() of a descriptor that is not open fails with EBADF',
  { id: 'tcgetpgrp/not-open', clause: 'POSIX.1-2024 XSH tcgetpgrp(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('tcgetpgrp(99)', tcgetpgrp(99)),
);

promise(
  'tcgetpgrp() of a file that is no terminal fails with ENOTTY',
  { id: 'tcgetpgrp/no-terminal', clause: 'POSIX.1-2024 XSH tcgetpgrp(), ERRORS [ENOTTY]', expect: 'ENOTTY' },
  () => answered('tcgetpgrp(/dev/null)', tcgetpgrp(0)),
);

promise(
  'tcgetpgrp() of a terminal that is not the controlling one fails with ENOTTY',
  {
    id: 'tcgetpgrp/not-controlling',
    clause: 'POSIX.1-2024 XSH tcgetpgrp(), ERRORS [ENOTTY]',
    expect: {
      linux: 'ENOTTY',
      freebsd: { kind: 'ENOTTY', source: 'measured on FreeBSD 12.2' },
      netbsd: { kind: 'ENOTTY', source: 'measured on NetBSD 10.99.12' },
      openbsd: { kind: 'ENOTTY', source: 'measured on OpenBSD 7.3 as a user; root gets a number instead' },
    },
    supports: ['controlling-terminal'],
  },
  () => {
    must('setsid', setsid());
    return answered('tcgetpgrp()', tcgetpgrp(openQuietly(freshTerminal())));
  },
);

promise(
  'tcgetpgrp() names the foreground process group, also from the background',
  {
    id: 'tcgetpgrp/foreground',
    clause: 'POSIX.1-2024 XSH tcgetpgrp(), DESCRIPTION',
    expect: 'foreground group',
    supports: ['foreground-process-group'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    const seen = inChild(() => {
      setpgid(0, 0);
      return tcgetpgrp(slave).value;
    });
    return either(
      seen === getpid() && tcgetpgrp(slave).value === getpid(),
      'foreground group',
      'something else',
      `leader ${getpid()}, seen ${seen}`,
    );
  },
);

promise(
  'tcgetpgrp() without a foreground group gives a number that names no group',
  {
    id: 'tcgetpgrp/no-foreground',
    clause: 'POSIX.1-2024 XSH tcgetpgrp(), DESCRIPTION: greater than 1 and no existing group',
    expect: 'no existing group',
    supports: ['foreground-process-group'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    const done = gate();
    const job = start(() => done.pass());
    must('setpgid', setpgid(job.pid, job.pid));
    must('tcsetpgrp', tcsetpgrp(slave, job.pid));
    done.open();
    job.ended();
    const { value, errno } = tcgetpgrp(slave);
    return either(
      errno === null && value > 1 && kill(-value, 0).errno === 'ESRCH',
      'no existing group',
      errno ?? 'an existing group',
      `tcgetpgrp(): ${value}`,
    );
  },
);
