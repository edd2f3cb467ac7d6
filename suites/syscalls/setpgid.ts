import { fork } from '../../harness/libc/fork.ts';
import { must } from '../../harness/libc/library.ts';
import { WUNTRACED, waitpid } from '../../harness/libc/sys-wait.ts';
import {
  _exit,
  execve,
  getpgid,
  getpgrp,
  getpid,
  getppid,
  getsid,
  setpgid,
  setsid,
} from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either } from './run/seen.ts';
import { gate, mailbox, noSuchProcess, start } from './scenery/child.ts';
import { asReturned } from './scenery/libc-program.ts';

promise(
  'setpgid(0, 0) makes the caller leader of a group of its own',
  {
    id: 'setpgid/own-group',
    clause: 'POSIX.1-2024 XSH setpgid(), DESCRIPTION',
    expect: 'succeeds',
    supports: ['process-group'],
  },
  () => {
    const session = getsid(0).value;
    return answered('setpgid(0, 0)', setpgid(0, 0), {
      'group is its process ID': getpgrp() === getpid(),
      'session unchanged': getsid(0).value === session,
    });
  },
);

promise(
  'setpgid() fails with EPERM for a session leader',
  {
    id: 'setpgid/session-leader',
    clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [EPERM]',
    rows: ['K-PGID-1'],
    expect: 'EPERM',
    supports: ['session-leader'],
  },
  () => {
    must('setsid', setsid());
    return answered('setpgid(0, 0)', setpgid(0, 0));
  },
);

promise(
  'setpgid() of a child that has executed another program fails with EACCES',
  {
    id: 'setpgid/after-exec',
    clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [EACCES]',
    rows: ['K-PGID-2'],
    expect: 'EACCES',
  },
  () => {
    const pid = must('fork', fork());
    if (pid === 0) {
      execve('/bin/sh', ['sh', '-c', 'kill -STOP $$'], []);
      _exit(127);
    }
    waitpid(pid, WUNTRACED);
    return answered('setpgid(child, child)', setpgid(pid, pid));
  },
);

promise(
  'setpgid() of a child that has executed nothing succeeds',
  { id: 'setpgid/child', clause: 'POSIX.1-2024 XSH setpgid(), DESCRIPTION', expect: 'succeeds' },
  () => {
    const done = gate();
    const child = start(() => done.pass());
    const result = setpgid(child.pid, child.pid);
    const group = getpgid(child.pid).value;
    done.open();
    return answered('setpgid(child, child)', result, { 'the child leads its group': group === child.pid });
  },
);

promise(
  'setpgid() into a group of another session fails with EPERM',
  {
    id: 'setpgid/group-in-other-session',
    clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [EPERM]',
    rows: ['K-PGID-3'],
    expect: 'EPERM',
  },
  () => {
    const [ready, done] = [gate(), gate()];
    const other = start(() => {
      setsid();
      ready.open();
      done.pass();
    });
    ready.pass();
    const result = setpgid(0, other.pid);
    done.open();
    return answered('setpgid(0, group of another session)', result);
  },
);

promise(
  'setpgid() into a group that does not exist fails with EPERM',
  { id: 'setpgid/no-such-group', clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [EPERM]', expect: 'EPERM' },
  () => {
    const child = start(() => {});
    child.ended();
    return answered('setpgid(0, no group)', setpgid(0, child.pid));
  },
);

promise(
  'setpgid() of a child in another session fails with EPERM',
  {
    id: 'setpgid/child-in-other-session',
    clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [EPERM]',
    expect: 'EPERM',
  },
  () => {
    const [ready, done] = [gate(), gate()];
    const child = start(() => {
      setsid();
      ready.open();
      done.pass();
    });
    ready.pass();
    const result = setpgid(child.pid, getpgrp());
    done.open();
    return answered('setpgid(child, group)', result);
  },
);

promise(
  'setpgid() with a negative group fails with EINVAL',
  {
    id: 'setpgid/negative',
    clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [EINVAL]',
    rows: ['K-PGID-3'],
    expect: 'EINVAL',
  },
  () => answered('setpgid(0, -1)', setpgid(0, -1)),
);

promise(
  'setpgid() of a process that is no child fails with ESRCH',
  {
    id: 'setpgid/not-a-child',
    clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [ESRCH]',
    rows: ['K-PGID-3'],
    expect: 'ESRCH',
  },
  () => answered('setpgid(parent, 0)', setpgid(getppid(), 0)),
);

promise(
  'setpgid() of a process that does not exist fails with ESRCH',
  { id: 'setpgid/no-such-process', clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [ESRCH]', expect: 'ESRCH' },
  () => answered(`setpgid(${noSuchProcess}, 0)`, setpgid(noSuchProcess, 0)),
);

promise(
  'setpgid() into an existing group of the same session succeeds',
  { id: 'setpgid/existing-group', clause: 'POSIX.1-2024 XSH setpgid(), DESCRIPTION', expect: 'succeeds' },
  () => {
    const [ready, done] = [gate(), gate()];
    const leader = start(() => {
      setpgid(0, 0);
      ready.open();
      done.pass();
    });
    ready.pass();
    const result = setpgid(0, leader.pid);
    done.open();
    return answered('setpgid(0, group)', result, { 'in that group': getpgrp() === leader.pid });
  },
);

promise(
  'A process group outlives its leader',
  {
    id: 'setpgid/after-leader',
    clause: 'POSIX.1-2024 XBD 3.273 Process Group Lifetime',
    expect: 'kept',
    supports: ['process-group'],
  },
  () => {
    const [gone, box] = [gate(), mailbox<number>()];
    const leader = start(() => {
      setpgid(0, 0);
      start(() => {
        gone.pass();
        box.put(getpgrp());
      });
    });
    leader.ended();
    gone.open();
    return either(box.take() === leader.pid, 'kept', 'changed', `group ${leader.pid}`);
  },
);

libcPromise(
  'setpgid() of the C library sets EINVAL for a negative group',
  { id: 'setpgid/libc', clause: 'POSIX.1-2024 XSH setpgid(), ERRORS [EINVAL]', expect: 'EINVAL' },
  (program) => answered('setpgid(0, -1)', asReturned(program.call('setpgid', 0, -1))),
);
