import { must } from '../../harness/libc/library.ts';
import { pidfdOpen, pidfdSendSignal } from '../../harness/libc/linux/sys-pidfd.ts';
import { poll, pollSet } from '../../harness/libc/poll.ts';
import { getpid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, either, saw, unsupported } from './run/seen.ts';
import { gate, noSuchProcess, start } from './scenery/child.ts';
import { closesOnExec } from './scenery/streams.ts';

// pidfd_open(2), ERRORS ESRCH
promise(
  'pidfd_open() of a process that does not exist fails with ESRCH',
  { id: 'pidfd_open/no-such-process', clause: 'pidfd_open(2), ERRORS ESRCH', expect: { linux: 'ESRCH' } },
  () => {
    const result = pidfdOpen(noSuchProcess, 0);
    return result.errno === 'ENOSYS' ? unsupported('no pidfd_open() here') : answered('pidfd_open()', result);
  },
);

// pidfd_open(2), ERRORS EINVAL
promise(
  'pidfd_open() with unknown flags or a process ID of 0 fails with EINVAL',
  { id: 'pidfd_open/invalid', clause: 'pidfd_open(2), ERRORS EINVAL', expect: { linux: 'EINVAL' } },
  () =>
    answered('pidfd_open(0)', pidfdOpen(0, 0), {
      'as with unknown flags': pidfdOpen(getpid(), 1 << 20).errno === 'EINVAL',
    }),
);

// pidfd_open(2)
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
    const set = pollSet([must('pidfd_open', pidfdOpen(child.pid, 0))]);
    const before = poll(set, 0).value;
    done.open();
    return either(
      before === 0 && poll(set, -1).value === 1,
      'once it has ended',
      'otherwise',
      `poll() before: ${before}`,
    );
  },
);

// pidfd_send_signal(2), ERRORS ESRCH
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
    const fd = must('pidfd_open', pidfdOpen(child.pid, 0));
    child.ended();
    return answered('pidfd_send_signal()', pidfdSendSignal(fd, 0));
  },
);

// pidfd_open(2): close-on-exec is set
promise(
  'A pidfd is closed by exec',
  {
    id: 'pidfd_open/cloexec',
    clause: 'pidfd_open(2): close-on-exec is set',
    expect: { linux: 'closes on exec' },
  },
  () =>
    saw(closesOnExec(must('pidfd_open', pidfdOpen(getpid(), 0))) ? 'closes on exec' : 'stays', 'its flags'),
);
