import { type CallResult, must } from '../../harness/libc/library.ts';
import { pidfdOpen, pidfdSendSignal } from '../../harness/libc/linux/sys-pidfd.ts';
import { poll, pollSet } from '../../harness/libc/poll.ts';
import { getpid } from '../../harness/libc/unistd.ts';
import { promise, type Sighting } from './run/promise.ts';
import { answered, either, saw, unsupported } from './run/seen.ts';
import { gate, noSuchProcess, start } from './scenery/child.ts';
import { closesOnExec } from './scenery/streams.ts';

/** What `use` sees, where there is such a call. */
function withPidfd(opened: CallResult, use: (pidfd: number) => Sighting): Sighting {
  return opened.errno === 'ENOSYS' ? unsupported('no pidfd_open() here') : use(must('pidfd_open', opened));
}

promise(
  'pidfd_open() of a process that does not exist fails with ESRCH',
  { id: 'pidfd_open/no-such-process', clause: 'pidfd_open(2), ERRORS ESRCH', expect: { linux: 'ESRCH' } },
  () => {
    const result = pidfdOpen(noSuchProcess, 0);
    return result.errno === 'ENOSYS' ? unsupported('no pidfd_open() here') : answered('pidfd_open()', result);
  },
);

promise(
  'pidfd_open() with unknown flags or a process ID of 0 fails with EINVAL',
  { id: 'pidfd_open/invalid', clause: 'pidfd_open(2), ERRORS EINVAL', expect: { linux: 'EINVAL' } },
  () => {
    const result = pidfdOpen(0, 0);
    if (result.errno === 'ENOSYS') return unsupported('no pidfd_open() here');
    return answered('pidfd_open(0)', result, {
      'as with unknown flags': pidfdOpen(getpid(), 1 << 20).errno === 'EINVAL',
    });
  },
);

promise(
  'A pidfd is readable once its process has ended, and not before',
  {
    id: 'pidfd_open/readable',
    clause: 'pidfd_open(2)',
    expect: { linux: 'once it has ended' },
    supports: ['liveness'],
  },
  () => {
    const done = gate();
    const child = start(() => done.pass());
    return withPidfd(pidfdOpen(child.pid, 0), (pidfd) => {
      const set = pollSet([pidfd]);
      const before = poll(set, 0).value;
      done.open();
      return either(
        before === 0 && poll(set, -1).value === 1,
        'once it has ended',
        'otherwise',
        `poll() before: ${before}`,
      );
    });
  },
);

promise(
  'A pidfd never reaches another process: signalling after the end fails with ESRCH',
  {
    id: 'pidfd_open/signal',
    clause: 'pidfd_send_signal(2), ERRORS ESRCH',
    expect: { linux: 'ESRCH' },
    supports: ['stale-pidfile'],
  },
  () => {
    const child = start(() => {});
    return withPidfd(pidfdOpen(child.pid, 0), (pidfd) => {
      child.ended();
      return answered('pidfd_send_signal()', pidfdSendSignal(pidfd, 0));
    });
  },
);

promise(
  'A pidfd is closed by exec',
  {
    id: 'pidfd_open/cloexec',
    clause: 'pidfd_open(2): close-on-exec is set',
    expect: { linux: 'closes on exec' },
  },
  () =>
    withPidfd(pidfdOpen(getpid(), 0), (pidfd) =>
      saw(closesOnExec(pidfd) ? 'closes on exec' : 'stays', 'its flags'),
    ),
);
