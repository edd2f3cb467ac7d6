import { must } from '../../harness/libc/library.ts';
import { P_PID, WEXITED, WNOWAIT, waitid } from '../../harness/libc/sys-wait.ts';
import { getpid, getsid, setsid } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either } from './run/seen.ts';
import { gate, mailbox, noSuchProcess, start } from './scenery/child.ts';
import { asReturned } from './scenery/libc-program.ts';

promise(
  'getsid(0) is the session of the caller, as is getsid() of its process ID',
  {
    id: 'getsid/own',
    clause: 'POSIX.1-2024 XSH getsid(), DESCRIPTION',
    rows: ['K-SID-5'],
    expect: 'equal',
    supports: ['session'],
  },
  () => {
    must('setsid', setsid());
    return either(
      getsid(0).value === getpid() && getsid(getpid()).value === getpid(),
      'equal',
      'different',
      `getsid(0) ${getsid(0).value}, getsid(${getpid()}) ${getsid(getpid()).value}`,
    );
  },
);

promise(
  'getsid() of a process that does not exist fails with ESRCH',
  {
    id: 'getsid/no-such-process',
    clause: 'POSIX.1-2024 XSH getsid(), ERRORS [ESRCH]',
    rows: ['K-SID-5'],
    expect: 'ESRCH',
  },
  () => answered(`getsid(${noSuchProcess})`, getsid(noSuchProcess)),
);

promise(
  'getsid() of a child that has been waited for fails with ESRCH',
  { id: 'getsid/waited-for', clause: 'POSIX.1-2024 XSH getsid(), ERRORS [ESRCH]', expect: 'ESRCH' },
  () => {
    const child = start(() => {});
    child.ended();
    return answered('getsid()', getsid(child.pid));
  },
);

promise(
  'getsid() of a negative process ID fails with ESRCH',
  {
    id: 'getsid/negative',
    clause: 'POSIX.1-2024 XSH getsid(), ERRORS [ESRCH]',
    expect: { linux: 'ESRCH', freebsd: { kind: 'ESRCH', source: 'measured on FreeBSD 13.2' } },
  },
  () => answered('getsid(-1)', getsid(-1)),
);

promise(
  'getsid() of a process in another session',
  {
    id: 'getsid/other-session',
    clause: 'POSIX.1-2024 XSH getsid(), ERRORS [EPERM], which an implementation may have',
    rows: ['K-SID-5'],
    implementationDefined: true,
    expect: { linux: 'succeeds' },
    supports: ['launch-session'],
  },
  () => {
    const [ready, done] = [gate(), gate()];
    const child = start(() => {
      setsid();
      ready.open();
      done.pass();
    });
    ready.pass();
    const result = getsid(child.pid);
    done.open();
    return answered('getsid()', result, {
      'it is the child': result.errno !== null || result.value === child.pid,
    });
  },
);

promise(
  'getsid() of a zombie',
  {
    id: 'getsid/zombie',
    clause: 'POSIX.1-2024 XSH getsid(), which does not speak of zombies',
    implementationDefined: true,
    expect: { linux: 'succeeds' },
  },
  () => {
    const child = start(() => {});
    waitid(P_PID, child.pid, WEXITED | WNOWAIT);
    return answered('getsid()', getsid(child.pid));
  },
);

promise(
  'The session ID outlives its leader',
  {
    id: 'getsid/after-leader',
    clause: 'POSIX.1-2024 XBD 3.343 Session Lifetime',
    expect: 'kept',
    supports: ['launch-session'],
  },
  () => {
    const [gone, box] = [gate(), mailbox<number>()];
    const leader = start(() => {
      setsid();
      start(() => {
        gone.pass();
        box.put(getsid(0).value);
      });
    });
    leader.ended();
    gone.open();
    return either(box.take() === leader.pid, 'kept', 'changed', `leader ${leader.pid}`);
  },
);

libcPromise(
  'getsid() of the C library sets ESRCH',
  { id: 'getsid/libc', clause: 'POSIX.1-2024 XSH getsid(), ERRORS [ESRCH]', expect: 'ESRCH' },
  (program) => answered(`getsid(${noSuchProcess})`, asReturned(program.call('getsid', noSuchProcess))),
);
