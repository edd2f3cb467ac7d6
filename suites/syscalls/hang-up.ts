import { F_SETFL, fcntl, O_RDWR, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { adoptOrphans, orphansComeToReapers } from '../../harness/libc/own-orphans.ts';
import { platform } from '../../harness/libc/platform.ts';
import { takeTerminal } from '../../harness/libc/sys-ioctl.ts';
import { close, getpid, read, setpgid, setsid, tcgetpgrp, write } from '../../harness/libc/unistd.ts';
import { measured } from './run/measured.ts';
import { promise, type Sighting } from './run/promise.ts';
import { answered, saw, unsupported } from './run/seen.ts';
import { endingOf, gate, inChild, mailbox, start } from './scenery/child.ts';
import { block, ignore, jobSignals, pending, send } from './scenery/signals.ts';
import { freshTerminal, hasTerminal, leadSessionOn, openQuietly, orphanedGroup } from './scenery/terminal.ts';

/** What had come to a child of the controlling process, placed by `place`, once that had exited. */
function afterLeaderExit(place: () => void): [kind: string, seen: string] {
  const [ready, gone, box] = [gate(), gate(), mailbox<string>()];
  const leader = start(() => {
    leadSessionOn(freshTerminal());
    start(() => {
      block(...jobSignals);
      place();
      ready.open();
      gone.pass();
      box.put(pending());
    });
    ready.pass();
  });
  leader.ended();
  gone.open();
  return [box.take(), 'pending after the end of the controlling process'];
}

/** What `use` finds of the terminal in a member of the session once the controlling process has exited. */
function memberAfterLeaderExit(use: (slave: number) => string): Sighting {
  const [gone, box] = [gate(), mailbox<string>()];
  const leader = start(() => {
    const slave = leadSessionOn(freshTerminal());
    block('SIGHUP', 'SIGTTIN', 'SIGTTOU');
    start(() => {
      gone.pass();
      box.put(use(slave));
    });
  });
  leader.ended();
  gone.open();
  return saw(box.take(), 'in a member, after the end of the controlling process');
}

/** What `look` finds in the controlling process, or in a child started by `inside`, after the master is closed. */
function afterMasterClose(
  look: (slave: number) => string,
  inside: (body: () => void) => unknown = (body) => body(),
): Sighting {
  const terminal = freshTerminal();
  const [ready, gone, box, done] = [gate(), gate(), mailbox<string>(), gate()];
  start(() => {
    close(terminal.master);
    const slave = leadSessionOn(terminal);
    block(...jobSignals);
    inside(() => {
      ready.open();
      gone.pass();
      box.put(look(slave));
    });
    // The leader outlives the look, so that its own end sends nothing.
    done.pass();
  });
  ready.pass();
  close(terminal.master);
  gone.open();
  const seen = saw(box.take(), 'after close() of the master');
  done.open();
  return seen;
}

/** How a child in the foreground group ends that reaches setsid() only after the controlling process has exited. */
function beforeSetsid(prepare: () => void): Sighting {
  if (!orphansComeToReapers) return unsupported('an orphan can be waited for by nobody here but process 1');
  const [ready, gone, box] = [gate(), gate(), mailbox<string>()];
  // A reaper between the leader and the worker, so that the orphan's end can be waited for here.
  const how = inChild(() => {
    adoptOrphans();
    const leader = start(() => {
      leadSessionOn(freshTerminal());
      prepare();
      const child = start(() => {
        ready.open();
        gone.pass();
        setsid();
      });
      ready.pass();
      box.put(String(child.pid));
    });
    leader.ended();
    const orphan = Number(box.take());
    gone.open();
    return endingOf(orphan);
  });
  return saw(how, 'a child between fork() and setsid()');
}

promise(
  'When the controlling process exits, the foreground group gets SIGHUP',
  {
    id: 'hang-up/leader-exit-foreground',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    rows: ['K-HUP-1'],
    expect: 'SIGHUP',
    supports: ['terminal-hangup', 'sighup-disposition'],
  },
  () => saw(...afterLeaderExit(() => {})),
);

promise(
  'When the controlling process exits, a running background group gets nothing',
  {
    id: 'hang-up/leader-exit-background',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    rows: ['K-HUP-3'],
    expect: 'nothing',
    supports: ['terminal-hangup', 'logout'],
  },
  () => saw(...afterLeaderExit(() => void setpgid(0, 0))),
);

promise(
  'When the controlling process exits, a child that called setsid() gets nothing',
  {
    id: 'hang-up/leader-exit-other-session',
    clause: 'POSIX.1-2024 XSH setsid(), DESCRIPTION',
    rows: ['K-HUP-6'],
    expect: 'nothing',
    supports: ['session', 'terminal-hangup'],
  },
  () => saw(...afterLeaderExit(() => void setsid())),
);

promise(
  'When its leader exits, a newly orphaned group with a stopped member gets SIGHUP and SIGCONT',
  {
    id: 'hang-up/leader-exit-stopped',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    rows: ['K-HUP-2'],
    expect: 'SIGHUP SIGCONT',
    supports: ['terminal-hangup', 'background-start'],
  },
  () => {
    const box = mailbox<string>();
    const leader = start(() => {
      leadSessionOn(freshTerminal());
      const job = start(() => {
        setpgid(0, 0);
        block(...jobSignals);
        send(getpid(), 'SIGSTOP');
        box.put(pending());
      });
      job.stopped();
    });
    leader.ended();
    return saw(box.take(), 'pending after it was continued');
  },
);

promise(
  'When a process exits, a newly orphaned group without a stopped member gets nothing',
  {
    id: 'hang-up/orphaned-running',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    expect: 'nothing',
    supports: ['background-start'],
  },
  () => {
    leadSessionOn(freshTerminal());
    block(...jobSignals);
    return saw(
      orphanedGroup(() => pending()),
      'pending in the orphaned group',
    );
  },
);

promise(
  'After the controlling process has exited the session has no terminal',
  {
    id: 'hang-up/leader-exit-terminal',
    clause: 'POSIX.1-2024 XBD 11.1.3: relinquished when the controlling process exits',
    expect: 'no terminal',
    supports: ['controlling-terminal'],
  },
  () => {
    const [gone, box] = [gate(), mailbox<boolean>()];
    const leader = start(() => {
      leadSessionOn(freshTerminal());
      block('SIGHUP');
      start(() => {
        gone.pass();
        box.put(hasTerminal());
      });
    });
    leader.ended();
    gone.open();
    return saw(box.take() ? 'terminal' : 'no terminal', 'open("/dev/tty") in a member');
  },
);

promise(
  'Whether a member of the session reads from the terminal once the controlling process has exited',
  {
    id: 'hang-up/leader-exit-read',
    clause: 'POSIX.1-2024 XBD 11.1.3: access may be denied to the earlier session',
    implementationDefined: true,
    expect: {
      linux: 'EAGAIN',
      ...measured('read() from the terminal after the session leader ended', { 0: 'end of file' }),
    },
    supports: ['terminal-descriptors'],
  },
  () =>
    memberAfterLeaderExit((slave) => {
      fcntl(slave, F_SETFL, platform.O_NONBLOCK);
      const { value, errno } = read(slave, Buffer.alloc(8));
      return errno ?? (value === 0 ? 'end of file' : `${value} bytes`);
    }),
);

promise(
  'Whether a member of the session writes to the terminal once the controlling process has exited',
  {
    id: 'hang-up/leader-exit-write',
    clause: 'POSIX.1-2024 XBD 11.1.3: access may be denied to the earlier session',
    implementationDefined: true,
    expect: { linux: 'succeeds', ...measured('write() to the terminal after the session leader ended') },
    supports: ['terminal-descriptors', 'output-after-hangup'],
  },
  () => memberAfterLeaderExit((slave) => write(slave, Buffer.from('x')).errno ?? 'succeeds'),
);

promise(
  'What tcgetpgrp() says to a member of the session once the controlling process has exited',
  {
    id: 'hang-up/leader-exit-foreground-group',
    clause: 'POSIX.1-2024 XSH tcgetpgrp(), ERRORS [ENOTTY]',
    implementationDefined: true,
    expect: { linux: 'ENOTTY', ...measured('TIOCGPGRP after the session leader ended') },
    supports: ['foreground-process-group'],
  },
  () =>
    memberAfterLeaderExit((slave) => {
      const { value, errno } = tcgetpgrp(slave);
      return errno ?? `process group ${value}`;
    }),
);

promise(
  'A terminal whose session is over can be taken by another',
  {
    id: 'hang-up/taken-again',
    clause: 'POSIX.1-2024 XBD 11.1.3: it may be acquired by another session',
    expect: 'succeeds',
  },
  () => {
    const terminal = freshTerminal();
    start(() => void leadSessionOn(terminal)).ended();
    must('setsid', setsid());
    return answered('TIOCSCTTY', takeTerminal(openQuietly(terminal)));
  },
);

promise(
  'Closing the master sends the controlling process SIGHUP',
  {
    id: 'hang-up/master-leader',
    clause: 'POSIX.1-2024 XBD 11.1.10 Modem Disconnect',
    rows: ['K-HUP-4'],
    expect: { linux: 'SIGHUP SIGCONT', freebsd: 'SIGHUP', openbsd: 'SIGHUP', netbsd: 'SIGHUP' },
    supports: ['terminal-hangup', 'leader-start'],
  },
  () => afterMasterClose(() => pending()),
);

promise(
  'After the master is closed the session has no terminal',
  {
    id: 'hang-up/master-terminal',
    clause: 'POSIX.1-2024 XBD 11.1.10 Modem Disconnect',
    rows: ['K-HUP-4', 'K-HUP-5'],
    expect: { linux: 'ENXIO', freebsd: { kind: 'ENXIO', source: 'measured on FreeBSD 13.2' } },
    supports: ['controlling-terminal'],
  },
  () => afterMasterClose(() => open('/dev/tty', O_RDWR).errno ?? 'terminal'),
);

promise(
  'Closing the master signals no running background group',
  {
    id: 'hang-up/master-background',
    clause: 'POSIX.1-2024 XBD 11.1.10 Modem Disconnect: to the controlling process',
    rows: ['K-HUP-4'],
    expect: { linux: 'nothing', freebsd: { kind: 'nothing', source: 'measured on FreeBSD 13.2' } },
    supports: ['terminal-hangup'],
  },
  () =>
    afterMasterClose(
      () => pending(),
      (body) =>
        start(() => {
          setpgid(0, 0);
          body();
        }),
    ),
);

promise(
  'Closing the master signals no child that called setsid()',
  {
    id: 'hang-up/master-other-session',
    clause: 'POSIX.1-2024 XSH setsid(), DESCRIPTION',
    rows: ['K-HUP-6'],
    expect: 'nothing',
    supports: ['session', 'terminal-hangup'],
  },
  () =>
    afterMasterClose(
      () => pending(),
      (body) =>
        start(() => {
          setsid();
          body();
        }),
    ),
);

promise(
  'After a hang-up reading from the terminal gives end of file or EIO',
  {
    id: 'hang-up/read',
    clause: 'POSIX.1-2024 XBD 11.1.10 Modem Disconnect',
    rows: ['K-HUP-5'],
    implementationDefined: true,
    expect: {
      linux: 'end of file',
      ...measured('read() from the terminal after its master was closed', { 0: 'end of file' }),
    },
    supports: ['output-after-hangup'],
  },
  () =>
    afterMasterClose((slave) => {
      const { value, errno } = read(slave, Buffer.alloc(8));
      return errno ?? (value === 0 ? 'end of file' : `${value} bytes`);
    }),
);

promise(
  'After a hang-up writing to the terminal fails',
  {
    id: 'hang-up/write',
    clause: 'POSIX.1-2024 XBD 11.1.10 Modem Disconnect',
    rows: ['K-HUP-5'],
    expect: { linux: 'EIO', ...measured('write() to the terminal after its master was closed') },
    supports: ['output-after-hangup', 'terminal-descriptors'],
  },
  () => afterMasterClose((slave) => write(slave, Buffer.from('x')).errno ?? 'succeeds'),
);

promise(
  'What tcgetpgrp() says to the controlling process after the master is closed',
  {
    id: 'hang-up/foreground-group',
    clause: 'POSIX.1-2024 XSH tcgetpgrp(), ERRORS [ENOTTY]',
    rows: ['K-HUP-5'],
    implementationDefined: true,
    expect: { linux: 'EIO', freebsd: { kind: 'ENXIO', source: 'measured on FreeBSD 13.2' } },
    supports: ['foreground-process-group'],
  },
  () =>
    afterMasterClose((slave) => {
      const { value, errno } = tcgetpgrp(slave);
      return errno ?? (value === getpid() ? 'its own group' : `process group ${value}`);
    }),
);

promise(
  'After a hang-up the descriptors of the terminal can still be closed',
  {
    id: 'hang-up/close',
    clause: 'POSIX.1-2024 XSH close()',
    rows: ['K-HUP-5'],
    expect: 'succeeds',
    supports: ['terminal-descriptors'],
  },
  () => afterMasterClose((slave) => close(slave).errno ?? 'succeeds'),
);

promise(
  'A child that has not called setsid() yet dies when the controlling process exits',
  {
    id: 'hang-up/before-setsid',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    rows: ['K-HUP-7'],
    expect: 'SIGHUP',
    supports: ['leader-start', 'starter-return'],
  },
  () => beforeSetsid(() => {}),
);

promise(
  'A child that ignores SIGHUP before the fork survives the exit of the controlling process',
  {
    id: 'hang-up/before-setsid-ignoring',
    clause: 'POSIX.1-2024 XSH _Exit(), Consequences of Process Termination',
    rows: ['K-HUP-7'],
    expect: 'exited with 0',
    supports: ['leader-start', 'sighup-disposition'],
  },
  () => beforeSetsid(() => ignore('SIGHUP')),
);
