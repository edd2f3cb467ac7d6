import { O_RDWR, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { getpgrp, getpid, getsid, setpgid, setsid } from '../../harness/libc/unistd.ts';
import { measured } from './run/measured.ts';
import { libcPromise, promise } from './run/promise.ts';
import { allOf, answered, either, saw, unsupported } from './run/seen.ts';
import { gate, inChild, start } from './scenery/child.ts';
import { asReturned } from './scenery/libc-program.ts';
import { factsOf } from './scenery/observed.ts';
import { freshTerminal, hasTerminal, leadSessionOn } from './scenery/terminal.ts';

promise(
  'setsid() fails with EPERM for a process group leader',
  {
    id: 'setsid/group-leader',
    clause: 'POSIX.1-2024 XSH setsid(), ERRORS [EPERM]',
    rows: ['K-SID-1'],
    expect: { linux: 'EPERM', ...measured('setsid() by a process group leader'), darwin: 'EPERM' },
    supports: ['session', 'session-leader'],
  },
  () => {
    const session = getsid(0).value;
    setpgid(0, 0);
    return answered('setsid()', setsid(), { 'session unchanged': getsid(0).value === session });
  },
);

promise(
  "setsid() fails with EPERM while another process has a group of the caller's process ID",
  {
    id: 'setsid/group-of-its-id-remains',
    clause: 'POSIX.1-2024 XSH setsid(), ERRORS [EPERM], second condition',
    rows: ['K-SID-2'],
    expect: 'EPERM',
    supports: ['session'],
  },
  () => {
    const own = getpgrp();
    return inChild(() => {
      const done = gate();
      setpgid(0, 0);
      const member = start(() => done.pass());
      must('setpgid', setpgid(0, own));
      const result = answered('setsid()', setsid(), { 'session unchanged': getsid(0).value !== getpid() });
      done.open();
      member.ended();
      return result;
    });
  },
);

promise(
  "setsid() succeeds once the group of the caller's process ID has no member left",
  {
    id: 'setsid/group-of-its-id-is-gone',
    clause: 'POSIX.1-2024 XSH setsid(), ERRORS [EPERM], second condition',
    expect: 'succeeds',
    supports: ['session'],
  },
  () => {
    const own = getpgrp();
    setpgid(0, 0);
    must('setpgid', setpgid(0, own));
    return answered('setsid()', setsid());
  },
);

promise(
  'setsid() fails with EPERM for a session leader',
  {
    id: 'setsid/session-leader',
    clause: 'POSIX.1-2024 XSH setsid(), ERRORS [EPERM]',
    expect: 'EPERM',
    supports: ['session'],
  },
  () => {
    must('setsid', setsid());
    return answered('second setsid()', setsid(), { 'session unchanged': getsid(0).value === getpid() });
  },
);

promise(
  'After setsid() session, process group and process have one ID, which it returned',
  {
    id: 'setsid/ids',
    clause: 'POSIX.1-2024 XSH setsid(), DESCRIPTION and RETURN VALUE',
    rows: ['K-SID-3'],
    expect: 'all equal',
    supports: ['session', 'process-group'],
  },
  () => {
    const { value } = setsid();
    const pid = getpid();
    return allOf(
      'all equal',
      `process ${pid}, session ${getsid(0).value}, group ${getpgrp()}, returned ${value}`,
      {
        'session ID': getsid(0).value === pid,
        'process group ID': getpgrp() === pid,
        'returned value': value === pid,
      },
    );
  },
);

promise(
  'The kernel shows no terminal and no foreground group after setsid()',
  {
    id: 'setsid/proc-stat',
    clause: 'proc_pid_stat(5), fields 7 and 8',
    rows: ['K-SID-3'],
    expect: { linux: 'tty 0, tpgid -1' },
    supports: ['controlling-terminal', 'foreground-process-group'],
  },
  () => {
    if (process.platform !== 'linux') return unsupported('there is no proc_pid_stat(5) here');
    must('setsid', setsid());
    const { terminal, foregroundProcessGroup } = factsOf(getpid());
    return saw(
      `tty ${terminal === null ? 0 : 'of a terminal'}, tpgid ${foregroundProcessGroup}`,
      'fields 7 and 8 of the process',
    );
  },
);

promise(
  'A child that calls setsid() gives up the controlling terminal, and its parent keeps it',
  {
    id: 'setsid/gives-up-terminal',
    clause: 'POSIX.1-2024 XBD 11.1.3 The Controlling Terminal',
    rows: ['K-SID-3'],
    expect: 'given up',
    supports: ['controlling-terminal'],
  },
  () => {
    leadSessionOn(freshTerminal());
    const child = inChild(() => {
      const before = hasTerminal();
      must('setsid', setsid());
      return { before, after: hasTerminal() };
    });
    return allOf(child.after ? 'kept' : 'given up', `before ${child.before}, after ${child.after}`, {
      'child had it before': child.before,
      'parent keeps it': hasTerminal(),
    });
  },
);

promise(
  'After setsid() opening /dev/tty fails with ENXIO',
  {
    id: 'setsid/dev-tty',
    clause: 'POSIX.1-2024 XBD 10.1 Directory Structure and Files, /dev/tty',
    rows: ['K-SID-4'],
    expect: 'ENXIO',
    supports: ['controlling-terminal'],
  },
  () => {
    must('setsid', setsid());
    return answered('open("/dev/tty")', open('/dev/tty', O_RDWR | platform.O_NOCTTY));
  },
);

promise(
  'A child of the session leader is in its session, leads nothing, and may call setsid()',
  {
    id: 'setsid/child-of-leader',
    clause: 'POSIX.1-2024 XSH fork() and setsid(), DESCRIPTION',
    rows: ['K-SID-6'],
    expect: 'succeeds',
    supports: ['session-leader', 'session'],
  },
  () => {
    must('setsid', setsid());
    const leader = getpid();
    return inChild(() => {
      const inherited = getsid(0).value === leader && getpgrp() === leader;
      return answered('setsid()', setsid(), { 'session and group of the leader before': inherited });
    });
  },
);

promise(
  "setsid() leaves the caller's parent and children where they are",
  {
    id: 'setsid/relatives',
    clause: 'POSIX.1-2024 XSH setsid(), DESCRIPTION: the calling process alone',
    expect: 'unchanged',
    supports: ['launch-session'],
  },
  () => {
    const session = getsid(0).value;
    const done = gate();
    const seen = inChild(() => {
      const child = start(() => done.pass());
      must('setsid', setsid());
      const there = getsid(child.pid).value;
      done.open();
      child.ended();
      return there;
    });
    return either(
      seen === session && getsid(0).value === session,
      'unchanged',
      'changed',
      `session ${session}, child ${seen}, parent ${getsid(0).value}`,
    );
  },
);

libcPromise(
  'setsid() of the C library fails with EPERM for a group leader',
  {
    id: 'setsid/libc-group-leader',
    clause: 'POSIX.1-2024 XSH setsid(), ERRORS [EPERM]',
    expect: 'EPERM',
    supports: ['session'],
  },
  (program) => {
    program.call('setpgid', 0, 0);
    return answered('setsid()', asReturned(program.call('setsid')));
  },
);

libcPromise(
  'setsid() of the C library returns the process ID as the new session ID',
  {
    id: 'setsid/libc-value',
    clause: 'POSIX.1-2024 XSH setsid(), RETURN VALUE',
    expect: 'process ID',
    supports: ['session'],
  },
  (program) => {
    const { value } = program.call('setsid');
    return either(
      value === program.pid && getsid(program.pid).value === value,
      'process ID',
      'something else',
      `setsid(): ${value} in process ${program.pid}`,
    );
  },
);
