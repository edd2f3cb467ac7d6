import { fork } from '../../harness/libc/fork.ts';
import { kill } from '../../harness/libc/signal.ts';
import { ITIMER_REAL, setTimer } from '../../harness/libc/sys-times.ts';
import {
  ending,
  hasContinued,
  P_PID,
  stopSignal,
  WCONTINUED,
  WEXITED,
  WNOHANG,
  WNOWAIT,
  WSTOPPED,
  WUNTRACED,
  waitid,
  waitpid,
} from '../../harness/libc/sys-wait.ts';
import { _exit, getpid, getppid, setpgid } from '../../harness/libc/unistd.ts';
import { measured } from './run/measured.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either, saw } from './run/seen.ts';
import { gate, mailbox, noSuchProcess, start } from './scenery/child.ts';
import { asReturned } from './scenery/libc-program.ts';
import { factOf, hasLeft } from './scenery/observed.ts';
import { catchQuietly, ignore, numberOf, send } from './scenery/signals.ts';

promise(
  'waitpid() without children fails with ECHILD',
  { id: 'waitpid/no-children', clause: 'POSIX.1-2024 XSH waitpid(), ERRORS [ECHILD]', expect: 'ECHILD' },
  () => answered('waitpid(-1)', waitpid(-1, 0)),
);

promise(
  'waitpid() of a process that is no child fails with ECHILD',
  { id: 'waitpid/not-a-child', clause: 'POSIX.1-2024 XSH waitpid(), ERRORS [ECHILD]', expect: 'ECHILD' },
  () => answered('waitpid(parent)', waitpid(getppid(), 0)),
);

promise(
  'waitpid() of a group without children of the caller fails with ECHILD',
  { id: 'waitpid/no-such-group', clause: 'POSIX.1-2024 XSH waitpid(), ERRORS [ECHILD]', expect: 'ECHILD' },
  () => answered('waitpid(-group)', waitpid(-noSuchProcess, 0)),
);

promise(
  'waitpid() with unknown options fails with EINVAL',
  { id: 'waitpid/options', clause: 'POSIX.1-2024 XSH waitpid(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () => answered('waitpid(-1, 0x100)', waitpid(-1, 0x100)),
);

promise(
  'waitpid() is interrupted with EINTR by a caught signal',
  { id: 'waitpid/interrupted', clause: 'POSIX.1-2024 XSH waitpid(), ERRORS [EINTR]', expect: 'EINTR' },
  () => {
    const done = gate();
    start(() => done.pass());
    catchQuietly('SIGALRM');
    // Again and again, in case the first comes before waitpid() has begun.
    setTimer(ITIMER_REAL, 1);
    const result = waitpid(-1, 0);
    done.open();
    return answered('waitpid(-1)', result);
  },
);

promise(
  'waitpid() with WNOHANG returns 0 while no child has ended',
  { id: 'waitpid/nohang', clause: 'POSIX.1-2024 XSH waitpid(), WNOHANG', expect: '0' },
  () => {
    const done = gate();
    start(() => done.pass());
    const { value, errno } = waitpid(-1, WNOHANG);
    done.open();
    return saw(errno ?? String(value), 'waitpid(-1, WNOHANG)');
  },
);

promise(
  'waitpid() tells the exit status, its lowest eight bits',
  {
    id: 'waitpid/exit-status',
    clause: 'POSIX.1-2024 XSH waitpid(), WEXITSTATUS; _Exit()',
    expect: '3',
    supports: ['starter-exit-status', 'termination-status'],
  },
  () => {
    const { value } = fork();
    if (value === 0) _exit(0x103);
    return saw(String(ending(waitpid(value, 0).status)?.exitCode), '_exit(0x103)');
  },
);

promise(
  'waitpid() tells the signal that ended a child',
  {
    id: 'waitpid/signal',
    clause: 'POSIX.1-2024 XSH waitpid(), WTERMSIG',
    expect: 'SIGTERM',
    supports: ['termination-status'],
  },
  () => saw(start(() => send(getpid(), 'SIGTERM')).ended(), 'a child that sent itself SIGTERM'),
);

promise(
  'waitpid() reports a stopped child only with WUNTRACED',
  {
    id: 'waitpid/stopped',
    clause: 'POSIX.1-2024 XSH waitpid(), WUNTRACED',
    expect: 'only with it',
    supports: ['run-state'],
  },
  () => {
    const child = start(() => send(getpid(), 'SIGSTOP'));
    waitid(P_PID, child.pid, WSTOPPED | WNOWAIT);
    const without = waitpid(child.pid, WNOHANG).value;
    const { status } = waitpid(child.pid, WUNTRACED);
    return either(
      without === 0 && stopSignal(status) === numberOf('SIGSTOP'),
      'only with it',
      'otherwise',
      `without ${without}, with it status ${status}`,
    );
  },
);

promise(
  'waitpid() reports a continued child with WCONTINUED',
  { id: 'waitpid/continued', clause: 'POSIX.1-2024 XSH waitpid(), WCONTINUED', expect: 'continued' },
  () => {
    const done = gate();
    const child = start(() => {
      send(getpid(), 'SIGSTOP');
      done.pass();
    });
    child.stopped();
    send(child.pid, 'SIGCONT');
    const { status } = waitpid(child.pid, WCONTINUED);
    done.open();
    return saw(hasContinued(status) ? 'continued' : `status ${status}`, 'after SIGCONT');
  },
);

promise(
  'waitpid() of a negative number waits for the children of that group alone',
  { id: 'waitpid/group', clause: 'POSIX.1-2024 XSH waitpid(), DESCRIPTION', expect: 'the member' },
  () => {
    const ready = gate();
    start(() => {});
    const member = start(() => {
      setpgid(0, 0);
      ready.pass();
    });
    setpgid(member.pid, member.pid);
    ready.open();
    const { value } = waitpid(-member.pid, 0);
    return saw(value === member.pid ? 'the member' : 'another', 'waitpid(-group)');
  },
);

promise(
  'A child that has ended is a zombie until it is waited for',
  {
    id: 'waitpid/zombie',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    rows: ['K-CHLD-3'],
    expect: 'zombie, then gone',
    supports: ['zombie-children', 'liveness'],
  },
  () => {
    const child = start(() => {});
    waitid(P_PID, child.pid, WEXITED | WNOWAIT);
    const before = factOf(child.pid, 'state');
    const there = kill(child.pid, 0).errno === null;
    waitpid(child.pid, 0);
    const gone = kill(child.pid, 0).errno === 'ESRCH';
    return either(
      before === 'Z' && there && gone,
      'zombie, then gone',
      'otherwise',
      `state ${before}, then ${gone ? 'ESRCH' : 'still there'}`,
    );
  },
);

promise(
  'With SIGCHLD ignored children leave no zombie, and waiting fails with ECHILD after the last',
  {
    id: 'waitpid/sigchld-ignored',
    clause: 'POSIX.1-2024 XSH wait(), XSI: SIGCHLD set to SIG_IGN',
    rows: ['K-CHLD-1'],
    expect: { linux: 'ECHILD', ...measured('wait4() while SIGCHLD is ignored') },
    supports: ['ignored-sigchld', 'ignored-sigchld-start', 'zombie-children'],
  },
  () => {
    ignore('SIGCHLD');
    const child = start(() => {});
    return answered('waitpid(child)', waitpid(child.pid, 0), {
      'it is no zombie of the caller': hasLeft(child.pid, getpid()),
    });
  },
);

promise(
  'A grandchild cannot be waited for',
  {
    id: 'waitpid/grandchild',
    clause: 'POSIX.1-2024 XSH waitpid(), ERRORS [ECHILD]',
    expect: 'ECHILD',
    supports: ['parent-process'],
  },
  () => {
    const [box, done] = [mailbox<number>(), gate()];
    start(() => {
      box.put(start(() => done.pass()).pid);
      done.pass();
    });
    const result = waitpid(box.take(), 0);
    done.open();
    done.open();
    return answered('waitpid(grandchild)', result);
  },
);

libcPromise(
  'waitpid() of the C library sets ECHILD',
  { id: 'waitpid/libc', clause: 'POSIX.1-2024 XSH waitpid(), ERRORS [ECHILD]', expect: 'ECHILD' },
  (program) => answered('waitpid(-1)', asReturned(program.call('waitpid', -1, 0, 0))),
);
