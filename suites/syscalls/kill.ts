import { must } from '../../harness/libc/library.ts';
import { kill } from '../../harness/libc/signal.ts';
import { P_PID, WEXITED, WNOWAIT, waitid } from '../../harness/libc/sys-wait.ts';
import { getpid, getppid, setpgid } from '../../harness/libc/unistd.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, either, saw, unsupported } from './run/seen.ts';
import { gate, inChild, mailbox, noSuchProcess, start } from './scenery/child.ts';
import { block, jobSignals, numberOf, pending, send } from './scenery/signals.ts';
import { dropPrivileges, isRoot } from './scenery/user.ts';

promise(
  'kill() with a number that is no signal fails with EINVAL',
  { id: 'kill/no-signal', clause: 'POSIX.1-2024 XSH kill(), ERRORS [EINVAL]', expect: 'EINVAL' },
  () => answered('kill(self, 1000)', kill(getpid(), 1000)),
);

promise(
  'kill() of a process that does not exist fails with ESRCH',
  {
    id: 'kill/no-such-process',
    clause: 'POSIX.1-2024 XSH kill(), ERRORS [ESRCH]',
    expect: 'ESRCH',
    supports: ['liveness', 'stale-pidfile'],
  },
  () => answered(`kill(${noSuchProcess}, 0)`, kill(noSuchProcess, 0)),
);

promise(
  'kill() of a group that does not exist fails with ESRCH',
  { id: 'kill/no-such-group', clause: 'POSIX.1-2024 XSH kill(), ERRORS [ESRCH]', expect: 'ESRCH' },
  () => answered(`kill(-${noSuchProcess}, 0)`, kill(-noSuchProcess, 0)),
);

promise(
  "kill() of another user's process fails with EPERM",
  {
    id: 'kill/other-user',
    clause: 'POSIX.1-2024 XSH kill(), ERRORS [EPERM]',
    expect: 'EPERM',
    supports: ['stale-pidfile'],
  },
  () => {
    const target = isRoot() ? getppid() : 1;
    dropPrivileges();
    const result = kill(target, 0);
    return result.errno === null
      ? unsupported('process 1 belongs to the same user')
      : answered('kill(other user, 0)', result);
  },
);

promise(
  'kill() with signal 0 finds a process and sends nothing',
  {
    id: 'kill/null-signal',
    clause: 'POSIX.1-2024 XSH kill(), DESCRIPTION',
    expect: 'succeeds',
    supports: ['liveness'],
  },
  () => {
    const done = gate();
    const child = start(() => {
      block(...jobSignals);
      done.pass();
      return pending();
    });
    const result = kill(child.pid, 0);
    done.open();
    return answered('kill(child, 0)', result, { 'nothing came': child.result() === 'nothing' });
  },
);

promise(
  'kill() of a zombie succeeds',
  {
    id: 'kill/zombie',
    clause: 'POSIX.1-2024 XSH kill(), RATIONALE: zombies exist until they are waited for',
    expect: 'succeeds',
    supports: ['liveness', 'zombie-children'],
  },
  () => {
    const child = start(() => {});
    waitid(P_PID, child.pid, WEXITED | WNOWAIT);
    return answered('kill(zombie, SIGTERM)', kill(child.pid, numberOf('SIGTERM')));
  },
);

promise(
  'kill() of a negative number reaches every member of that group and nobody else',
  {
    id: 'kill/group',
    clause: 'POSIX.1-2024 XSH kill(), DESCRIPTION',
    expect: 'members alone',
    supports: ['termination', 'keyboard-signals'],
  },
  () => {
    const [ready, done] = [gate(), gate()];
    block('SIGUSR1');
    const watch = (lead: boolean) =>
      start(() => {
        if (lead) setpgid(0, 0);
        ready.open();
        done.pass();
        return pending();
      });
    const [first, second, outside] = [watch(true), watch(false), watch(false)] as const;
    for (let i = 0; i < 3; i++) ready.pass();
    must('setpgid', setpgid(second.pid, first.pid));
    must('kill', kill(-first.pid, numberOf('SIGUSR1')));
    for (let i = 0; i < 3; i++) done.open();
    const seen = [first.result(), second.result(), outside.result(), pending()];
    return either(
      seen.join() === 'SIGUSR1,SIGUSR1,nothing,nothing',
      'members alone',
      'others',
      seen.join(', '),
    );
  },
);

promise(
  "kill(0) reaches every member of the caller's own group",
  {
    id: 'kill/own-group',
    clause: 'POSIX.1-2024 XSH kill(), DESCRIPTION',
    expect: 'own group',
    supports: ['session-sighup'],
  },
  () => {
    setpgid(0, 0);
    block('SIGUSR1');
    const [ready, done] = [gate(), gate()];
    const member = start(() => {
      ready.open();
      done.pass();
      return pending();
    });
    ready.pass();
    must('kill', kill(0, numberOf('SIGUSR1')));
    done.open();
    const seen = [pending(), member.result()];
    return either(seen.join() === 'SIGUSR1,SIGUSR1', 'own group', 'others', seen.join(', '));
  },
);

promise(
  'An unblocked signal a process sends itself is delivered before kill() returns',
  {
    id: 'kill/itself',
    clause: 'POSIX.1-2024 XSH kill(), DESCRIPTION',
    expect: 'delivered first',
    supports: ['termination'],
  },
  () => {
    const box = mailbox<string>();
    const child = start(() => {
      send(getpid(), 'SIGTERM');
      box.put('went on');
    });
    const how = child.ended();
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
  'SIGCONT may be sent within the session whatever the user IDs',
  {
    id: 'kill/sigcont-in-session',
    clause: 'POSIX.1-2024 XSH kill(), DESCRIPTION: SIGCONT to a member of the same session',
    needs: 'root',
    expect: 'succeeds',
  },
  () => {
    const done = gate();
    const child = start(() => done.pass());
    const result = inChild(() => {
      dropPrivileges();
      return { term: kill(child.pid, 0), cont: kill(child.pid, numberOf('SIGCONT')) };
    });
    done.open();
    return answered('kill(child of root, SIGCONT)', result.cont, {
      'no other signal may': result.term.errno === 'EPERM',
    });
  },
);

libcPromise(
  'kill() of the C library sets EINVAL and ESRCH',
  { id: 'kill/libc', clause: 'POSIX.1-2024 XSH kill(), ERRORS', expect: 'EINVAL and ESRCH' },
  (program) =>
    saw(
      `${program.call('kill', program.pid, 1000).errno} and ${program.call('kill', noSuchProcess, 0).errno}`,
      'kill(self, 1000) and kill(nobody, 0)',
    ),
);
