import { close, getppid, pipe2, read } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw } from './run/seen.ts';
import { gate, mailbox, start } from './scenery/child.ts';
import { block, catchQuietly, pending } from './scenery/signals.ts';

promise(
  'The end of a process makes its children orphans, not ended',
  {
    id: '_exit/children',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    expect: 'live on',
    supports: ['parent-process', 'surviving-processes'],
  },
  () => {
    const [orphaned, box] = [gate(), mailbox<number>()];
    const parent = start(() => {
      start(() => {
        orphaned.pass();
        box.put(getppid());
      });
    });
    parent.ended();
    orphaned.open();
    return either(box.take() !== parent.pid, 'live on', 'end', 'the orphan answered, with another parent');
  },
);

promise(
  'The end of a process closes its descriptors',
  {
    id: '_exit/descriptors',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    expect: 'end of file',
    supports: ['inherited-pipe'],
  },
  () => {
    const pipe = pipe2(0);
    const child = start(() => {});
    close(pipe.write);
    child.ended();
    return either(read(pipe.read, Buffer.alloc(1)).value === 0, 'end of file', 'data', 'read()');
  },
);

promise(
  'The end of a process raises SIGCHLD in its parent',
  {
    id: '_exit/sigchld',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    expect: 'SIGCHLD',
    supports: ['ignored-sigchld'],
  },
  () => {
    // One with the default action, which is to ignore it, may be thrown away although it is blocked, 2.4.1.
    catchQuietly('SIGCHLD');
    block('SIGCHLD');
    start(() => {}).ended();
    return saw(pending(), 'pending in the parent');
  },
);

promise(
  'Whether a blocked SIGCHLD with the default action stays pending',
  {
    id: '_exit/sigchld-default',
    clause: 'POSIX.1-2024 XSH 2.4.1: unspecified for a blocked signal whose action is to ignore it',
    implementationDefined: true,
    expect: {
      linux: 'SIGCHLD',
      freebsd: { kind: 'nothing', source: 'measured on FreeBSD 13.2' },
      openbsd: { kind: 'nothing', source: 'sys/kern/kern_sig.c, ptsignal()' },
      netbsd: { kind: 'nothing', source: 'sys/kern/kern_sig.c, kpsignal2()' },
    },
    supports: ['ignored-sigchld', 'pending-signals'],
  },
  () => {
    block('SIGCHLD');
    start(() => {}).ended();
    return saw(pending(), 'pending in the parent');
  },
);
