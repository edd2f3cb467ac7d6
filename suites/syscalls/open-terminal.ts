import { O_RDONLY, O_RDWR, O_WRONLY, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { read, setsid, tcgetpgrp, write } from '../../harness/libc/unistd.ts';
import { measured } from './run/measured.ts';
import { promise, type Sighting } from './run/promise.ts';
import { allOf, either, saw } from './run/seen.ts';
import { gate, inChild, start } from './scenery/child.ts';
import { freshTerminal, hasTerminal, leadSessionOn } from './scenery/terminal.ts';

/** A fresh session's leader opens a fresh terminal. */
function opened(flags: number): Sighting {
  const terminal = freshTerminal();
  must('setsid', setsid());
  must('open', open(terminal.path, flags));
  return saw(
    hasTerminal() ? 'acquires' : 'does not acquire',
    `open(terminal, 0${flags.toString(8)}), then /dev/tty`,
  );
}

promise(
  'A session leader without a terminal that opens one for reading and writing',
  {
    id: 'open-terminal/read-write',
    clause: 'POSIX.1-2024 XBD 11.1.3: acquisition by open() is implementation-defined',
    rows: ['K-TTY-1'],
    implementationDefined: true,
    expect: {
      linux: 'acquires',
      ...measured('open() of /dev/tty after a session leader opened a free terminal', {
        ENXIO: 'does not acquire',
      }),
      darwin: { kind: 'acquires', source: 'kernel source; termios(4) says never' },
    },
    supports: ['session-leader', 'terminal-acquisition'],
  },
  () => opened(O_RDWR),
);

promise(
  'A session leader without a terminal that opens one for reading',
  {
    id: 'open-terminal/read-only',
    clause: 'POSIX.1-2024 XBD 11.1.3: acquisition by open() is implementation-defined',
    rows: ['K-TTY-2'],
    implementationDefined: true,
    expect: {
      linux: 'acquires',
      freebsd: 'does not acquire',
      openbsd: 'does not acquire',
      netbsd: 'does not acquire',
    },
    supports: ['session-leader', 'terminal-acquisition'],
  },
  () => opened(O_RDONLY),
);

promise(
  'A session leader without a terminal that opens one for writing',
  {
    id: 'open-terminal/write-only',
    clause: 'POSIX.1-2024 XBD 11.1.3: acquisition by open() is implementation-defined',
    rows: ['K-TTY-3'],
    implementationDefined: true,
    expect: {
      linux: 'does not acquire',
      freebsd: 'does not acquire',
      openbsd: 'does not acquire',
      netbsd: 'does not acquire',
    },
    supports: ['terminal-acquisition'],
  },
  () => opened(O_WRONLY),
);

promise(
  'A terminal opened with O_NOCTTY is never acquired',
  {
    id: 'open-terminal/noctty',
    clause: 'POSIX.1-2024 XSH open(), O_NOCTTY; XBD 11.1.3',
    rows: ['K-TTY-4'],
    expect: 'does not acquire',
    supports: ['terminal-acquisition'],
  },
  () => opened(O_RDWR | platform.O_NOCTTY),
);

promise(
  'A process that leads no session never acquires a terminal by opening it',
  {
    id: 'open-terminal/non-leader',
    clause: 'POSIX.1-2024 XBD 11.1.3 The Controlling Terminal',
    rows: ['K-TTY-5'],
    expect: 'does not acquire',
    supports: ['session-leader', 'terminal-acquisition'],
  },
  () => {
    must('setsid', setsid());
    const terminal = freshTerminal();
    const child = inChild(() => {
      must('open', open(terminal.path, O_RDWR));
      return hasTerminal();
    });
    return allOf(child ? 'acquires' : 'does not acquire', 'open() by a child of the leader', {
      'nor does its leader': !hasTerminal(),
    });
  },
);

promise(
  'A leader that has a terminal keeps it when it opens another',
  {
    id: 'open-terminal/second',
    clause: 'POSIX.1-2024 XBD 11.1.3: a session has at most one controlling terminal',
    expect: 'keeps the first',
    supports: ['controlling-terminal'],
  },
  () => {
    const first = leadSessionOn(freshTerminal());
    const second = must('open', open(freshTerminal().path, O_RDWR));
    return either(
      tcgetpgrp(first).errno === null && tcgetpgrp(second).errno === 'ENOTTY',
      'keeps the first',
      'changes',
      `first ${tcgetpgrp(first).errno ?? 'controls'}, second ${tcgetpgrp(second).errno ?? 'controls'}`,
    );
  },
);

promise(
  'Opening a terminal that another session has takes nothing from it',
  {
    id: 'open-terminal/owned',
    clause: 'POSIX.1-2024 XBD 11.1.3: a terminal controls at most one session',
    rows: ['K-TTY-9'],
    expect: 'does not acquire',
    supports: ['terminal-acquisition'],
  },
  () => {
    const terminal = freshTerminal();
    const [ready, done] = [gate(), gate()];
    const owner = start(() => {
      leadSessionOn(terminal);
      ready.open();
      done.pass();
      return hasTerminal();
    });
    ready.pass();
    must('setsid', setsid());
    must('open', open(terminal.path, O_RDWR));
    const taken = hasTerminal();
    done.open();
    return allOf(taken ? 'acquires' : 'does not acquire', 'open() by another leader', {
      'the owner keeps it': owner.result(),
    });
  },
);

promise(
  'Descriptors of a terminal stay open when the session gives it up',
  {
    id: 'open-terminal/after-setsid',
    clause: 'POSIX.1-2024 XSH setsid(), DESCRIPTION: descriptors are not closed',
    expect: 'writes',
    supports: ['terminal-descriptors', 'terminal-output'],
  },
  () => {
    const terminal = freshTerminal();
    const slave = leadSessionOn(terminal);
    const written = inChild(() => {
      must('setsid', setsid());
      return write(slave, Buffer.from('x'));
    });
    return either(written.value === 1, 'writes', written.errno ?? 'writes nothing', 'write() after setsid()');
  },
);

promise(
  '/dev/tty is the controlling terminal',
  {
    id: 'open-terminal/dev-tty',
    clause: 'POSIX.1-2024 XBD 10.1 Directory Structure and Files, /dev/tty',
    expect: 'the same terminal',
    supports: ['controlling-terminal'],
  },
  () => {
    const terminal = freshTerminal();
    leadSessionOn(terminal);
    const tty = must('open(/dev/tty)', open('/dev/tty', O_RDWR));
    write(tty, Buffer.from('x'));
    const heard = Buffer.alloc(8);
    const { value } = read(terminal.master, heard);
    return either(
      value === 1 && heard[0] === 0x78,
      'the same terminal',
      'something else',
      `master read ${value} bytes`,
    );
  },
);
