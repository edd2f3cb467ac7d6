import { pidfdOpen } from '../../harness/libc/linux/sys-pidfd.ts';
import { ITIMER_REAL, setTimer } from '../../harness/libc/sys-times.ts';
import {
  P_ALL,
  P_PGID,
  P_PID,
  P_PIDFD,
  WEXITED,
  WNOHANG,
  WNOWAIT,
  WSTOPPED,
  waitid,
} from '../../harness/libc/sys-wait.ts';
import { getpid, getppid, setpgid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, either, saw, unsupported } from './run/seen.ts';
import { gate, start } from './scenery/child.ts';
import { catchQuietly, send } from './scenery/signals.ts';

promise(
  'waitid() without children fails with ECHILD',
  { id: 'waitid/no-children', clause: 'POSIX.1-2024 XSH waitid(), ERRORS [ECHILD]', expect: 'ECHILD' },
  () => answered('waitid(P_ALL)', waitid(P_ALL, 0, WEXITED)),
);

promise(
  'waitid() of a process that is no child fails with ECHILD',
  { id: 'waitid/not-a-child', clause: 'POSIX.1-2024 XSH waitid(), ERRORS [ECHILD]', expect: 'ECHILD' },
  () => answered('waitid(P_PID, parent)', waitid(P_PID, getppid(), WEXITED)),
);

promise(
  'waitid() of a kind it does not know fails with EINVAL',
  {
    id: 'waitid/kind',
    clause: 'POSIX.1-2024 XSH waitid(), ERRORS [EINVAL]',
    expect: {
      linux: 'EINVAL',
      freebsd: {
        kind: 'ECHILD',
        source: 'measured on FreeBSD 13.2; sys/kern/kern_exit.c, proc_to_reap(): no child is of that kind',
      },
      openbsd: 'EINVAL',
      netbsd: 'EINVAL',
      darwin: 'EINVAL',
    },
    standard: 'EINVAL',
  },
  () => answered('waitid(99)', waitid(99, 0, WEXITED)),
);

promise(
  'waitid() that waits for nothing fails with EINVAL',
  { id: 'waitid/options', clause: 'POSIX.1-2024 XSH waitid(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () => answered('waitid(P_ALL, 0, 0)', waitid(P_ALL, 0, 0)),
);

promise(
  'waitid() is interrupted with EINTR by a caught signal',
  { id: 'waitid/interrupted', clause: 'POSIX.1-2024 XSH waitid(), ERRORS [EINTR]', expect: 'EINTR' },
  () => {
    const done = gate();
    start(() => done.pass());
    catchQuietly('SIGALRM');
    setTimer(ITIMER_REAL, 1);
    const result = waitid(P_ALL, 0, WEXITED);
    done.open();
    return answered('waitid(P_ALL)', result);
  },
);

promise(
  'waitid() with WNOWAIT leaves the child to be waited for',
  { id: 'waitid/nowait', clause: 'POSIX.1-2024 XSH waitid(), WNOWAIT', expect: 'left' },
  () => {
    const child = start(() => {});
    const first = waitid(P_PID, child.pid, WEXITED | WNOWAIT);
    const second = waitid(P_PID, child.pid, WEXITED);
    return either(
      first.pid === child.pid && second.pid === child.pid,
      'left',
      'gone',
      `first ${first.pid}, second ${second.pid}`,
    );
  },
);

promise(
  'waitid() tells an exit, a signal and a stop apart',
  {
    id: 'waitid/codes',
    clause: 'POSIX.1-2024 XSH waitid() and <signal.h>, si_code',
    expect: 'CLD_EXITED, CLD_KILLED, CLD_STOPPED',
    supports: ['termination-status'],
  },
  () => {
    const codes = [() => {}, () => send(getpid(), 'SIGTERM'), () => send(getpid(), 'SIGSTOP')].map(
      (body) => waitid(P_PID, start<unknown>(body).pid, WEXITED | WSTOPPED).code,
    );
    return saw(codes.join(', '), 'si_code of three children');
  },
);

promise(
  'waitid() with P_PGID waits for the children of a group',
  { id: 'waitid/group', clause: 'POSIX.1-2024 XSH waitid(), P_PGID', expect: 'the member' },
  () => {
    const ready = gate();
    start(() => {});
    const member = start(() => ready.pass());
    setpgid(member.pid, member.pid);
    ready.open();
    const { pid } = waitid(P_PGID, member.pid, WEXITED);
    return saw(pid === member.pid ? 'the member' : 'another', 'waitid(P_PGID)');
  },
);

promise(
  'waitid() with WNOHANG reports nothing while no child has ended',
  { id: 'waitid/nohang', clause: 'POSIX.1-2024 XSH waitid(), WNOHANG', expect: 'pid 0' },
  () => {
    const done = gate();
    start(() => done.pass());
    const { pid, errno } = waitid(P_ALL, 0, WEXITED | WNOHANG);
    done.open();
    return saw(errno ?? `pid ${pid}`, 'si_pid');
  },
);

promise(
  'waitid() with P_PIDFD waits for the process of a descriptor',
  { id: 'waitid/pidfd', clause: 'waitid(2), P_PIDFD, Linux 5.4', expect: { linux: 'the child' } },
  () => {
    if (P_PIDFD === null) return unsupported('no descriptors of processes here');
    const child = start(() => {});
    const fd = pidfdOpen(child.pid, 0);
    if (fd.errno !== null) return unsupported(`pidfd_open(): ${fd.errno}`);
    const { pid, errno } = waitid(P_PIDFD, fd.value, WEXITED);
    return saw(errno ?? (pid === child.pid ? 'the child' : 'another'), 'waitid(P_PIDFD)');
  },
);
