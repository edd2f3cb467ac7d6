import { platform } from '../../harness/libc/platform.ts';
import { SA_RESETHAND, signalSet, sigprocmask, sigsuspend } from '../../harness/libc/signal.ts';
import { getpid } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either, saw } from './run/seen.ts';
import { mailbox, start } from './scenery/child.ts';
import { asReturned } from './scenery/libc-program.ts';
import { block, blocked, catchQuietly, numberOf, pending, send, unblock } from './scenery/signals.ts';

promise(
  'sigprocmask() with an unknown operation fails with EINVAL',
  {
    id: 'sigprocmask/unknown-how',
    clause: 'POSIX.1-2024 XSH sigprocmask(), ERRORS [EINVAL]',
    expect: 'EINVAL',
    supports: ['signal-mask'],
  },
  () =>
    answered('sigprocmask(77)', sigprocmask(77, signalSet([numberOf('SIGUSR1')])), {
      'mask unchanged': blocked() === 'nothing',
    }),
);

promise(
  'SIG_BLOCK adds, SIG_UNBLOCK removes, SIG_SETMASK replaces',
  {
    id: 'sigprocmask/operations',
    clause: 'POSIX.1-2024 XSH sigprocmask(), DESCRIPTION',
    expect: 'adds, removes, replaces',
    supports: ['signal-mask'],
  },
  () => {
    block('SIGUSR1');
    block('SIGUSR2');
    const added = blocked();
    unblock('SIGUSR1');
    const removed = blocked();
    sigprocmask(platform.SIG_SETMASK, signalSet([numberOf('SIGHUP')]));
    return either(
      [added, removed, blocked()].join() === 'SIGUSR1 SIGUSR2,SIGUSR2,SIGHUP',
      'adds, removes, replaces',
      'something else',
      [added, removed, blocked()].join(', '),
    );
  },
);

promise(
  'SIGKILL and SIGSTOP cannot be blocked, and trying is no error',
  {
    id: 'sigprocmask/kill-and-stop',
    clause: 'POSIX.1-2024 XSH sigprocmask(), DESCRIPTION',
    expect: 'nothing',
    supports: ['signal-mask'],
  },
  () => {
    const { errno } = sigprocmask(platform.SIG_BLOCK, signalSet([numberOf('SIGKILL'), numberOf('SIGSTOP')]));
    return saw(errno ?? blocked(), 'blocked after SIG_BLOCK of both');
  },
);

promise(
  'A blocked signal stays pending',
  {
    id: 'sigprocmask/pending',
    clause: 'POSIX.1-2024 XSH 2.4.1 Signal Generation and Delivery',
    expect: 'SIGTERM',
    supports: ['pending-signals', 'signal-mask', 'termination-after-hostile-start'],
  },
  () => {
    block('SIGTERM');
    send(getpid(), 'SIGTERM');
    return saw(pending(), 'pending after kill(itself)');
  },
);

promise(
  'A pending signal is delivered before the call that unblocks it returns',
  {
    id: 'sigprocmask/delivery',
    clause: 'POSIX.1-2024 XSH sigprocmask(), DESCRIPTION',
    expect: 'delivered first',
    supports: ['pending-signals', 'termination-after-hostile-start'],
  },
  () => {
    const box = mailbox<string>();
    const how = start(() => {
      block('SIGTERM');
      send(getpid(), 'SIGTERM');
      unblock('SIGTERM');
      box.put('went on');
    }).ended();
    box.put('never came back');
    return either(
      how === 'SIGTERM' && box.take() === 'never came back',
      'delivered first',
      'delivered late',
      how,
    );
  },
);

promise(
  'A blocked signal sent twice is pending once',
  {
    id: 'sigprocmask/twice',
    clause: 'POSIX.1-2024 XSH 2.4.1: whether it is queued is implementation-defined',
    implementationDefined: true,
    expect: { linux: 'once' },
  },
  () => {
    block('SIGUSR1');
    for (let i = 0; i < 2; i++) send(getpid(), 'SIGUSR1');
    catchQuietly('SIGUSR1', SA_RESETHAND);
    sigsuspend(signalSet([]));
    return saw(pending() === 'nothing' ? 'once' : 'twice', `pending after one was delivered: ${pending()}`);
  },
);

libcPromise(
  'sigprocmask() of the C library fails with EINVAL for an unknown operation',
  { id: 'sigprocmask/libc', clause: 'POSIX.1-2024 XSH sigprocmask(), ERRORS [EINVAL]', expect: 'EINVAL' },
  (program) => answered('sigprocmask(77)', asReturned(program.call('sigprocmask', 77, Buffer.alloc(128), 0))),
);
