/** Promises that go wrong in every way a promise's process can, for the tests of the suite itself. */

import { fork } from '../../../../harness/libc/fork.ts';
import { waitpid } from '../../../../harness/libc/sys-wait.ts';
import { _exit, getpid, pause, setpgid, setsid, write } from '../../../../harness/libc/unistd.ts';
import { start } from '../../scenery/child.ts';
import { send } from '../../scenery/signals.ts';
import { promise } from '../promise.ts';
import { answered, saw, unsupported } from '../seen.ts';
import { reportDescriptor } from '../worker.ts';

const clause = 'none';

function say(about: string, pid: number): void {
  const observation = { type: 'seen', kind: 'right', seen: 'a lie' };
  write(reportDescriptor, Buffer.from(`${JSON.stringify({ promise: about, pid, observation })}\n`));
}

promise('behaves', { id: 'misbehaving/not-at-all', clause, expect: 'right' }, () => saw('right', 'so'));

promise(
  'is expected to do what it does not',
  { id: 'misbehaving/expectation', clause, expect: 'succeeds' },
  () => {
    setpgid(0, 0);
    return answered('setsid()', setsid());
  },
);

promise(
  'differs where it may',
  { id: 'misbehaving/choice', clause, implementationDefined: true, expect: 'right' },
  () => saw('left', 'so'),
);

promise(
  'has no expectation here',
  { id: 'misbehaving/unexpected', clause, expect: { darwin: 'right' } },
  () => saw('right', 'so'),
);

promise('cannot be tried', { id: 'misbehaving/unsupported', clause, expect: 'right' }, () =>
  unsupported('no means'),
);

promise('throws', { id: 'misbehaving/throws', clause, expect: 'right' }, () => {
  throw new Error('thrown');
});

promise('crashes', { id: 'misbehaving/crashes', clause, expect: 'right' }, () => {
  send(getpid(), 'SIGSEGV');
  return saw('right', 'never');
});

promise('crashes after its report', { id: 'misbehaving/crashes-late', clause, expect: 'right' }, () => {
  say('misbehaving/crashes-late', getpid());
  send(getpid(), 'SIGSEGV');
  return saw('right', 'never');
});

promise('exits without a report', { id: 'misbehaving/silent', clause, expect: 'right' }, () => _exit(0));

promise('hangs', { id: 'misbehaving/hangs', clause, expect: 'right' }, () => {
  pause();
  return saw('right', 'never');
});

promise('reports what nobody can read', { id: 'misbehaving/garbage', clause, expect: 'right' }, () => {
  write(reportDescriptor, Buffer.from('right\n'));
  return _exit(0);
});

promise('lets its child report as well', { id: 'misbehaving/falls-through', clause, expect: 'right' }, () => {
  const { value: child } = fork();
  // Or the parent might report, and end, before the child has come to it.
  if (child > 0) waitpid(child, 0);
  return saw('right', 'from two processes');
});

promise('lets its child report instead', { id: 'misbehaving/deputy', clause, expect: 'right' }, () => {
  start(() => say('misbehaving/deputy', getpid())).ended();
  return _exit(0);
});

promise('reports for another promise', { id: 'misbehaving/confused', clause, expect: 'right' }, () => {
  say('misbehaving/not-at-all', getpid());
  return _exit(0);
});

promise('leaves a process behind', { id: 'misbehaving/leaves', clause, expect: 'right' }, () => {
  const child = start(() => {
    setsid();
    pause();
  });
  return saw('right', String(child.pid));
});
