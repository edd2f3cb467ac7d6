import { must } from '../../harness/libc/library.ts';
import { getpgid, getpgrp, getpid, setpgid, setsid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, either } from './run/seen.ts';
import { gate, noSuchProcess, start } from './scenery/child.ts';

promise(
  'getpgid(0) is the process group of the caller, as are getpgid() of its process ID and getpgrp()',
  {
    id: 'getpgid/own',
    clause: 'POSIX.1-2024 XSH getpgid() and getpgrp(), DESCRIPTION',
    expect: 'equal',
    supports: ['process-group'],
  },
  () => {
    must('setpgid', setpgid(0, 0));
    const pid = getpid();
    return either(
      getpgid(0).value === pid && getpgid(pid).value === pid && getpgrp() === pid,
      'equal',
      'different',
      `getpgid(0) ${getpgid(0).value}, getpgrp() ${getpgrp()}, pid ${pid}`,
    );
  },
);

promise(
  'getpgid() of a process that does not exist fails with ESRCH',
  {
    id: 'getpgid/no-such-process',
    clause: 'POSIX.1-2024 XSH getpgid(), ERRORS [ESRCH]',
    rows: ['K-SID-5'],
    expect: 'ESRCH',
  },
  () => answered(`getpgid(${noSuchProcess})`, getpgid(noSuchProcess)),
);

promise(
  'getpgid() of a negative process ID',
  {
    id: 'getpgid/negative',
    clause: 'POSIX.1-2024 XSH getpgid(), ERRORS [EINVAL], which an implementation may have',
    implementationDefined: true,
    expect: { linux: 'ESRCH' },
  },
  () => answered('getpgid(-1)', getpgid(-1)),
);

promise(
  'getpgid() of a process in another session',
  {
    id: 'getpgid/other-session',
    clause: 'POSIX.1-2024 XSH getpgid(), ERRORS [EPERM], which an implementation may have',
    rows: ['K-SID-5'],
    implementationDefined: true,
    expect: { linux: 'succeeds' },
  },
  () => {
    const [ready, done] = [gate(), gate()];
    const child = start(() => {
      setsid();
      ready.open();
      done.pass();
    });
    ready.pass();
    const result = getpgid(child.pid);
    done.open();
    return answered('getpgid()', result);
  },
);
