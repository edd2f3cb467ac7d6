import { adoptOrphans, orphansComeToReapers } from '../../harness/libc/own-orphans.ts';
import { stopSignal, WUNTRACED, waitpid } from '../../harness/libc/sys-wait.ts';
import { getpid, setpgid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw, unsupported } from './run/seen.ts';
import { gate, mailbox, start } from './scenery/child.ts';
import { send } from './scenery/signals.ts';
import { freshTerminal, leadSessionOn, orphanedGroup } from './scenery/terminal.ts';

promise(
  'Default SIGTSTP stops a process of a group that is not orphaned',
  { id: 'stop-signals/not-orphaned', clause: 'POSIX.1-2024 XSH 2.4.3 Signal Actions', expect: 'SIGTSTP' },
  () => {
    leadSessionOn(freshTerminal());
    const job = start(() => {
      setpgid(0, 0);
      send(getpid(), 'SIGTSTP');
    });
    return saw(job.stopped(), 'kill(itself, SIGTSTP)');
  },
);

promise(
  'Default SIGTSTP, SIGTTIN and SIGTTOU do not stop a process of an orphaned group',
  {
    id: 'stop-signals/orphaned',
    clause: 'POSIX.1-2024 XSH 2.4.3 Signal Actions',
    rows: ['K-JOB-7'],
    expect: 'not stopped',
    supports: ['job-control-dispositions', 'run-state'],
  },
  () => {
    leadSessionOn(freshTerminal());
    return orphanedGroup(() => {
      for (const name of ['SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const) send(getpid(), name);
      return saw('not stopped', 'it went on after each');
    });
  },
);

promise(
  'SIGSTOP stops a process of an orphaned group as well',
  {
    id: 'stop-signals/sigstop-orphaned',
    clause: 'POSIX.1-2024 XSH 2.4.3 Signal Actions',
    expect: 'SIGSTOP',
    supports: ['run-state'],
  },
  () => {
    if (!orphansComeToReapers) return unsupported('an orphan can be waited for by nobody here but process 1');
    adoptOrphans();
    leadSessionOn(freshTerminal());
    const [grouped, orphaned, box] = [gate(), gate(), mailbox<number>()];
    start(() => {
      box.put(
        start(() => {
          setpgid(0, 0);
          grouped.open();
          orphaned.pass();
          send(getpid(), 'SIGSTOP');
        }).pid,
      );
      // Whether the group is orphaned FreeBSD decides at this exit.
      grouped.pass();
    }).ended();
    const pid = box.take();
    orphaned.open();
    const { status } = waitpid(pid, WUNTRACED);
    return either(stopSignal(status) !== null, 'SIGSTOP', 'not stopped', `wait status ${status}`);
  },
);
