import { must } from '../../harness/libc/library.ts';
import { getpgrp, getpid, setpgid, setsid, tcgetpgrp, tcsetpgrp } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { gate, inChild, start } from './scenery/child.ts';
import { block, ignore, pending } from './scenery/signals.ts';
import { freshTerminal, leadSessionOn, openQuietly, orphanedGroup } from './scenery/terminal.ts';

promise(
  'tcsetpgrp() of a descriptor that is not open fails with EBADF',
  { id: 'tcsetpgrp/not-open', clause: 'POSIX.1-2024 XSH tcsetpgrp(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('tcsetpgrp(99, own group)', tcsetpgrp(99, getpgrp())),
);

promise(
  'tcsetpgrp() of a file that is no terminal fails with ENOTTY',
  { id: 'tcsetpgrp/no-terminal', clause: 'POSIX.1-2024 XSH tcsetpgrp(), ERRORS [ENOTTY]', expect: 'ENOTTY' },
  () => answered('tcsetpgrp(/dev/null)', tcsetpgrp(0, getpgrp())),
);

promise(
  'tcsetpgrp() of a terminal that is not the controlling one fails with ENOTTY',
  {
    id: 'tcsetpgrp/not-controlling',
    clause: 'POSIX.1-2024 XSH tcsetpgrp(), ERRORS [ENOTTY]',
    expect: 'ENOTTY',
    supports: ['controlling-terminal'],
  },
  () => {
    must('setsid', setsid());
    return answered('tcsetpgrp()', tcsetpgrp(openQuietly(freshTerminal()), getpgrp()));
  },
);

promise(
  'tcsetpgrp() with a negative group fails with EINVAL',
  {
    id: 'tcsetpgrp/negative',
    clause: 'POSIX.1-2024 XSH tcsetpgrp(), ERRORS [EINVAL]',
    expect: {
      linux: 'EINVAL',
      freebsd: {
        kind: 'EPERM',
        source: 'measured on FreeBSD 13.2; sys/kern/tty.c, TIOCSPGRP: no such group',
      },
      openbsd: 'EINVAL',
      netbsd: 'EINVAL',
      darwin: 'EINVAL',
    },
    standard: 'EINVAL',
  },
  () => answered('tcsetpgrp(-1)', tcsetpgrp(leadSessionOn(freshTerminal()), -1)),
);

promise(
  'tcsetpgrp() with a group of another session fails with EPERM',
  { id: 'tcsetpgrp/other-session', clause: 'POSIX.1-2024 XSH tcsetpgrp(), ERRORS [EPERM]', expect: 'EPERM' },
  () => {
    const outside = getpgrp();
    const slave = leadSessionOn(freshTerminal());
    return answered('tcsetpgrp(group outside)', tcsetpgrp(slave, outside), {
      'foreground unchanged': tcgetpgrp(slave).value === getpid(),
    });
  },
);

promise(
  'tcsetpgrp() with a group that does not exist fails',
  {
    id: 'tcsetpgrp/no-such-group',
    clause: 'POSIX.1-2024 XSH tcsetpgrp(), ERRORS [EPERM]',
    expect: {
      linux: { kind: 'ESRCH', source: 'measured on Linux 6.18' },
      freebsd: 'EPERM',
      openbsd: 'EPERM',
      netbsd: 'EPERM',
      darwin: 'EPERM',
    },
    standard: 'EPERM',
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    const child = start(() => {});
    child.ended();
    return answered('tcsetpgrp(no group)', tcsetpgrp(slave, child.pid), {
      'foreground unchanged': tcgetpgrp(slave).value === getpid(),
    });
  },
);

promise(
  'tcsetpgrp() brings a group of the session to the foreground',
  {
    id: 'tcsetpgrp/foreground',
    clause: 'POSIX.1-2024 XSH tcsetpgrp(), DESCRIPTION',
    expect: 'succeeds',
    supports: ['foreground-process-group'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    const done = gate();
    const job = start(() => done.pass());
    must('setpgid', setpgid(job.pid, job.pid));
    const result = tcsetpgrp(slave, job.pid);
    return answered('tcsetpgrp(job)', result, {
      'it is in the foreground': tcgetpgrp(slave).value === job.pid,
    });
  },
);

promise(
  'tcsetpgrp() from the background stops the caller with SIGTTOU',
  {
    id: 'tcsetpgrp/background',
    clause: 'POSIX.1-2024 XSH tcsetpgrp(), DESCRIPTION; XBD 11.1.4',
    rows: ['K-JOB-5'],
    expect: 'SIGTTOU',
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    const job = start(() => {
      setpgid(0, 0);
      tcsetpgrp(slave, getpid());
    });
    return saw(job.stopped(), 'tcsetpgrp() of a background process');
  },
);

promise(
  'tcsetpgrp() from the background succeeds with SIGTTOU ignored',
  {
    id: 'tcsetpgrp/background-ignoring',
    clause: 'POSIX.1-2024 XSH tcsetpgrp(), DESCRIPTION',
    rows: ['K-JOB-5'],
    expect: 'succeeds',
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    return inChild(() => {
      setpgid(0, 0);
      ignore('SIGTTOU');
      return answered('tcsetpgrp()', tcsetpgrp(slave, getpid()), {
        'it is in the foreground': tcgetpgrp(slave).value === getpid(),
      });
    });
  },
);

promise(
  'tcsetpgrp() from the background succeeds with SIGTTOU blocked',
  {
    id: 'tcsetpgrp/background-blocking',
    clause: 'POSIX.1-2024 XSH tcsetpgrp(), DESCRIPTION',
    rows: ['K-JOB-5'],
    expect: 'succeeds',
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    return inChild(() => {
      setpgid(0, 0);
      block('SIGTTOU');
      return answered('tcsetpgrp()', tcsetpgrp(slave, getpid()), { 'nothing came': pending() === 'nothing' });
    });
  },
);

promise(
  'tcsetpgrp() from an orphaned background group fails',
  {
    id: 'tcsetpgrp/orphaned',
    clause: 'POSIX.1-2024 XSH tcsetpgrp(), ERRORS [EIO]',
    rows: ['K-JOB-6'],
    expect: {
      linux: { kind: 'ENOTTY', source: 'measured on Linux 6.18' },
      freebsd: 'EIO',
      openbsd: 'EIO',
      netbsd: 'EIO',
      darwin: 'EIO',
    },
    standard: 'EIO',
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    return orphanedGroup(() => answered('tcsetpgrp()', tcsetpgrp(slave, getpid())));
  },
);
