import { fork } from '../../../harness/libc/fork.ts';
import { kill } from '../../../harness/libc/signal.ts';
import { _exit, getpid, getppid } from '../../../harness/libc/unistd.ts';
import { promise } from '../run/promise.ts';
import { answered, either } from '../run/seen.ts';
import { gate, inChild, mailbox, start } from '../scenery/child.ts';

promise(
  'fork() creates one new process with an ID of its own',
  { id: 'fork/new-process', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'new process' },
  () => {
    const parent = getpid();
    const child = start(() => getpid());
    return either(
      child.pid !== parent && child.result() === child.pid,
      'new process',
      'something else',
      `parent ${parent}, child ${child.pid}`,
    );
  },
);

promise(
  "fork() returns 0 in the child and the child's process ID in the parent",
  { id: 'fork/value', clause: 'POSIX.1-2024 XSH fork(), RETURN VALUE', expect: '0 and the process ID' },
  () => {
    const box = mailbox<number>();
    const { value } = fork();
    if (value === 0) {
      box.put(getpid());
      _exit(0);
    }
    return either(
      box.take() === value,
      '0 and the process ID',
      'something else',
      `value ${value} in the parent`,
    );
  },
);

promise(
  'The child is a copy of its parent',
  { id: 'fork/copy', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'copy' },
  () => {
    const value = { text: 'before' };
    const seen = inChild(() => {
      const found = value.text;
      value.text = 'changed';
      return found;
    });
    return either(
      seen === 'before' && value.text === 'before',
      'copy',
      'shared',
      `child saw ${seen}, parent has ${value.text}`,
    );
  },
);

promise(
  'The ID of the child is that of no process group',
  {
    id: 'fork/no-group',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: unique process ID',
    expect: 'ESRCH',
    supports: ['session'],
  },
  () => {
    const done = gate();
    const child = start(() => done.pass());
    const result = kill(-child.pid, 0);
    done.open();
    return answered('kill(-child, 0)', result);
  },
);

promise(
  'The parent of the child is the caller',
  {
    id: 'fork/parent',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    expect: 'caller',
    supports: ['parent-process'],
  },
  () => {
    const seen = inChild(() => getppid());
    return either(seen === getpid(), 'caller', 'somebody else', `getppid(): ${seen}`);
  },
);
