import {
  disposition,
  harmlessHandler,
  SA_NOCLDSTOP,
  SA_NOCLDWAIT,
  SA_RESETHAND,
  SA_RESTART,
  SIG_DFL,
  SIG_IGN,
  sigaction,
} from '../../harness/libc/signal.ts';
import { ITIMER_REAL, setTimer } from '../../harness/libc/sys-times.ts';
import { waitpid } from '../../harness/libc/sys-wait.ts';
import { getpid, pipe2, read, write } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either, saw } from './run/seen.ts';
import { start } from './scenery/child.ts';
import { asReturned } from './scenery/libc-program.ts';
import { factOf, hasLeft } from './scenery/observed.ts';
import { block, catchQuietly, ignore, numberOf, pending, send } from './scenery/signals.ts';

promise(
  'sigaction() with a number that is no signal fails with EINVAL',
  { id: 'sigaction/no-signal', clause: 'POSIX.1-2024 XSH sigaction(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () => answered('sigaction(1000)', sigaction(1000, { handler: SIG_IGN, flags: 0 })),
);

promise(
  'sigaction() with signal 0 fails with EINVAL',
  { id: 'sigaction/zero', clause: 'POSIX.1-2024 XSH sigaction(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () => answered('sigaction(0)', sigaction(0, { handler: SIG_IGN, flags: 0 })),
);

promise(
  'sigaction() cannot catch SIGKILL',
  {
    id: 'sigaction/catch-sigkill',
    clause: 'POSIX.1-2024 XSH sigaction(), ERRORS [EINVAL]',
    expect: 'EINVAL',
  },
  () =>
    answered('sigaction(SIGKILL)', sigaction(numberOf('SIGKILL'), { handler: harmlessHandler, flags: 0 })),
);

promise(
  'sigaction() cannot ignore SIGKILL',
  {
    id: 'sigaction/ignore-sigkill',
    clause: 'POSIX.1-2024 XSH sigaction(), ERRORS [EINVAL]',
    expect: 'EINVAL',
    supports: ['ignored-signals'],
  },
  () => answered('sigaction(SIGKILL)', sigaction(numberOf('SIGKILL'), { handler: SIG_IGN, flags: 0 })),
);

promise(
  'sigaction() cannot ignore SIGSTOP',
  {
    id: 'sigaction/ignore-sigstop',
    clause: 'POSIX.1-2024 XSH sigaction(), ERRORS [EINVAL]',
    expect: 'EINVAL',
  },
  () => answered('sigaction(SIGSTOP)', sigaction(numberOf('SIGSTOP'), { handler: SIG_IGN, flags: 0 })),
);

promise(
  'sigaction() setting the default action of SIGKILL',
  {
    id: 'sigaction/default-sigkill',
    clause: 'POSIX.1-2024 XSH sigaction(), ERRORS [EINVAL], which an implementation may have',
    implementationDefined: true,
    expect: { linux: 'EINVAL' },
    supports: ['ignored-signals'],
  },
  () => answered('sigaction(SIGKILL)', sigaction(numberOf('SIGKILL'), { handler: SIG_DFL, flags: 0 })),
);

promise(
  'A failed sigaction() changes nothing',
  { id: 'sigaction/failure', clause: 'POSIX.1-2024 XSH sigaction(), RETURN VALUE', expect: 'unchanged' },
  () => {
    sigaction(numberOf('SIGKILL'), { handler: SIG_IGN, flags: 0 });
    return either(
      disposition(numberOf('SIGKILL')).handler === SIG_DFL,
      'unchanged',
      'changed',
      'disposition of SIGKILL',
    );
  },
);

promise(
  'sigaction() stores what was in force before',
  {
    id: 'sigaction/previous',
    clause: 'POSIX.1-2024 XSH sigaction(), DESCRIPTION',
    expect: 'previous',
    supports: ['ignored-signals'],
  },
  () => {
    ignore('SIGUSR1');
    const { previous } = sigaction(numberOf('SIGUSR1'), { handler: SIG_DFL, flags: 0 });
    return either(previous.handler === SIG_IGN, 'previous', 'something else', `handler ${previous.handler}`);
  },
);

promise(
  'sigaction() without a new action changes nothing',
  { id: 'sigaction/null-action', clause: 'POSIX.1-2024 XSH sigaction(), DESCRIPTION', expect: 'unchanged' },
  () => {
    ignore('SIGUSR1');
    const [first, second] = [disposition(numberOf('SIGUSR1')), disposition(numberOf('SIGUSR1'))];
    return either(
      first.handler === SIG_IGN && second.handler === SIG_IGN,
      'unchanged',
      'changed',
      `handlers ${first.handler} and ${second.handler}`,
    );
  },
);

promise(
  'An ignored signal is thrown away, also one that is pending already',
  {
    id: 'sigaction/ignore-pending',
    clause: 'POSIX.1-2024 XSH 2.4.3 Signal Actions, SIG_IGN',
    expect: 'nothing',
    supports: ['pending-signals', 'ignored-signals'],
  },
  () => {
    block('SIGUSR1');
    send(getpid(), 'SIGUSR1');
    ignore('SIGUSR1');
    return saw(pending(), 'pending after it was ignored');
  },
);

promise(
  'SA_RESETHAND restores the default action once the handler was entered',
  { id: 'sigaction/resethand', clause: 'POSIX.1-2024 XSH sigaction(), SA_RESETHAND', expect: 'default' },
  () => {
    catchQuietly('SIGUSR1', SA_RESETHAND);
    send(getpid(), 'SIGUSR1');
    return either(
      disposition(numberOf('SIGUSR1')).handler === SIG_DFL,
      'default',
      'kept',
      'disposition after one signal',
    );
  },
);

promise(
  'Without SA_RESETHAND a handler stays',
  { id: 'sigaction/handler-stays', clause: 'POSIX.1-2024 XSH sigaction(), DESCRIPTION', expect: 'kept' },
  () => {
    catchQuietly('SIGUSR1');
    send(getpid(), 'SIGUSR1');
    return either(
      disposition(numberOf('SIGUSR1')).handler === harmlessHandler,
      'kept',
      'default',
      'disposition after one signal',
    );
  },
);

promise(
  'A signal interrupts a blocking call with EINTR',
  { id: 'sigaction/interrupt', clause: 'POSIX.1-2024 XSH sigaction(), SA_RESTART', expect: 'EINTR' },
  () => {
    catchQuietly('SIGALRM');
    const { read: end } = pipe2(0);
    // Again and again, in case the first comes before read() has begun.
    setTimer(ITIMER_REAL, 1);
    return answered('read()', read(end, Buffer.alloc(1)));
  },
);

promise(
  'With SA_RESTART a blocking call goes on after a signal',
  { id: 'sigaction/restart', clause: 'POSIX.1-2024 XSH sigaction(), SA_RESTART', expect: 'goes on' },
  () => {
    catchQuietly('SIGUSR1', SA_RESTART);
    const { read: end, write: other } = pipe2(0);
    const parent = getpid();
    start(() => {
      // Asleep it is in read(); the signal wakes it, and the byte comes after.
      while (factOf(parent, 'state') !== 'S');
      send(parent, 'SIGUSR1');
      write(other, Buffer.from('x'));
    });
    const { value, errno } = read(end, Buffer.alloc(1));
    return either(value === 1, 'goes on', errno ?? 'ends', `read(): ${value}`);
  },
);

promise(
  'A stopped child raises SIGCHLD',
  { id: 'sigaction/sigchld-stop', clause: 'POSIX.1-2024 XSH sigaction(), SA_NOCLDSTOP', expect: 'SIGCHLD' },
  () => {
    // One with the default action, which is to ignore it, may be thrown away although it is blocked, 2.4.1.
    catchQuietly('SIGCHLD');
    block('SIGCHLD');
    start(() => send(getpid(), 'SIGSTOP')).stopped();
    return saw(pending(), 'pending after a child stopped');
  },
);

promise(
  'With SA_NOCLDSTOP a stopped child raises nothing',
  { id: 'sigaction/nocldstop', clause: 'POSIX.1-2024 XSH sigaction(), SA_NOCLDSTOP', expect: 'nothing' },
  () => {
    block('SIGCHLD');
    sigaction(numberOf('SIGCHLD'), { handler: harmlessHandler, flags: SA_NOCLDSTOP });
    start(() => send(getpid(), 'SIGSTOP')).stopped();
    return saw(pending(), 'pending after a child stopped');
  },
);

promise(
  'With SA_NOCLDWAIT children leave no zombie, and waiting fails with ECHILD after the last',
  {
    id: 'sigaction/nocldwait',
    clause: 'POSIX.1-2024 XSH sigaction(), SA_NOCLDWAIT',
    rows: ['K-CHLD-2'],
    expect: 'ECHILD',
    supports: ['ignored-sigchld', 'zombie-children'],
  },
  () => {
    sigaction(numberOf('SIGCHLD'), { handler: SIG_DFL, flags: SA_NOCLDWAIT });
    const child = start(() => {});
    return answered('waitpid(child)', waitpid(child.pid, 0), {
      'it is no zombie of the caller': hasLeft(child.pid, getpid()),
    });
  },
);

promise(
  'SIGCHLD is raised under SA_NOCLDWAIT',
  {
    id: 'sigaction/nocldwait-signal',
    clause: 'POSIX.1-2024 XSH sigaction(), SA_NOCLDWAIT: whether SIGCHLD is generated is unspecified',
    implementationDefined: true,
    expect: { linux: 'SIGCHLD' },
  },
  () => {
    block('SIGCHLD');
    sigaction(numberOf('SIGCHLD'), { handler: harmlessHandler, flags: SA_NOCLDWAIT });
    const child = start(() => {});
    waitpid(child.pid, 0);
    return saw(pending(), 'pending after a child ended');
  },
);

libcPromise(
  'sigaction() of the C library fails with EINVAL for SIGKILL',
  { id: 'sigaction/libc-sigkill', clause: 'POSIX.1-2024 XSH sigaction(), ERRORS [EINVAL]', expect: 'EINVAL' },
  (program) => {
    const action = Buffer.alloc(256);
    action.writeUInt32LE(SIG_IGN, 0);
    return answered('sigaction(SIGKILL, SIG_IGN)', asReturned(program.call('sigaction', 9, action, 0)));
  },
);

libcPromise(
  'sigaction() of the C library for a signal it keeps for itself',
  {
    id: 'sigaction/libc-reserved',
    clause: 'signal(7): 32 and 33 belong to the C library',
    implementationDefined: true,
    expect: { glibc: 'EINVAL', musl: 'EINVAL' },
    supports: ['ignored-signals'],
  },
  (program) => {
    const action = Buffer.alloc(256);
    action.writeUInt32LE(SIG_IGN, 0);
    return answered('sigaction(32, SIG_IGN)', asReturned(program.call('sigaction', 32, action, 0)));
  },
);
