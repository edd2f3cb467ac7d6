import { must } from '../../harness/libc/library.ts';
import { stealTerminal, takeTerminal } from '../../harness/libc/sys-ioctl.ts';
import { getpid, setsid, tcgetpgrp } from '../../harness/libc/unistd.ts';
import { measured } from './run/measured.ts';
import { promise, type Sighting } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { gate, inChild, start } from './scenery/child.ts';
import { freshTerminal, hasTerminal, leadSessionOn, openQuietly } from './scenery/terminal.ts';
import { dropPrivileges } from './scenery/user.ts';

/**
 * `body` in the leader of a fresh session, on the slave of a terminal that another session has: it loses it if the call
 * succeeds, and only then.
 */
function ofAnother(body: (slave: number) => Sighting): Sighting {
  const terminal = freshTerminal();
  const [ready, done] = [gate(), gate()];
  const owner = start(() => {
    leadSessionOn(terminal);
    ready.open();
    done.pass();
    return hasTerminal();
  });
  ready.pass();
  const slave = openQuietly(terminal);
  must('setsid', setsid());
  const seen = body(slave);
  done.open();
  const keeps = owner.result();
  if (seen.type !== 'seen' || keeps === (seen.kind !== 'succeeds')) return seen;
  return saw(keeps ? 'its owner keeps it' : 'taken from its owner', `${seen.seen}; the other session`);
}

promise(
  'TIOCSCTTY gives a session leader without a terminal this one',
  {
    id: 'tiocsctty/leader',
    clause: 'ioctl_tty(2), TIOCSCTTY',
    rows: ['K-TTY-7'],
    expect: { linux: 'succeeds', ...measured('TIOCSCTTY by a session leader'), darwin: 'succeeds' },
    supports: ['controlling-terminal'],
  },
  () => {
    must('setsid', setsid());
    const slave = openQuietly(freshTerminal());
    return answered('TIOCSCTTY', takeTerminal(slave), {
      'it controls': hasTerminal(),
      'the leader is in the foreground': tcgetpgrp(slave).value === getpid(),
    });
  },
);

promise(
  'TIOCSCTTY by a process that leads no session fails with EPERM',
  {
    id: 'tiocsctty/non-leader',
    clause: 'ioctl_tty(2), TIOCSCTTY',
    rows: ['K-TTY-7'],
    expect: { linux: 'EPERM', ...measured('TIOCSCTTY by one that leads no session'), darwin: 'EPERM' },
    supports: ['session-leader', 'terminal-acquisition'],
  },
  () => {
    must('setsid', setsid());
    const slave = openQuietly(freshTerminal());
    return inChild(() => answered('TIOCSCTTY', takeTerminal(slave), { 'no terminal': !hasTerminal() }));
  },
);

promise(
  'TIOCSCTTY of a terminal that another session has fails with EPERM',
  {
    id: 'tiocsctty/owned',
    clause: 'ioctl_tty(2), TIOCSCTTY',
    rows: ['K-TTY-9'],
    expect: { linux: 'EPERM', ...measured('TIOCSCTTY on the terminal of another session'), darwin: 'EPERM' },
    supports: ['controlling-terminal'],
  },
  () => ofAnother((slave) => answered('TIOCSCTTY', takeTerminal(slave), { 'no terminal': !hasTerminal() })),
);

promise(
  'Root takes a terminal from another session with TIOCSCTTY and argument 1',
  {
    id: 'tiocsctty/steal',
    clause: 'ioctl_tty(2), TIOCSCTTY',
    rows: ['K-TTY-9'],
    needs: 'root',
    expect: { linux: 'succeeds', freebsd: 'EPERM', openbsd: 'EPERM', netbsd: 'EPERM' },
  },
  () =>
    ofAnother((slave) => {
      const result = stealTerminal(slave);
      return answered('TIOCSCTTY 1', result, result.errno === null ? { 'it controls': hasTerminal() } : {});
    }),
);

promise(
  'TIOCSCTTY with argument 1 fails with EPERM without the privilege',
  {
    id: 'tiocsctty/steal-unprivileged',
    clause: 'ioctl_tty(2), TIOCSCTTY',
    rows: ['K-TTY-9'],
    expect: 'EPERM',
  },
  () =>
    ofAnother((slave) => {
      dropPrivileges();
      return answered('TIOCSCTTY 1', stealTerminal(slave));
    }),
);

promise(
  'TIOCSCTTY repeated by the leader that has the terminal succeeds',
  {
    id: 'tiocsctty/again',
    clause: 'ioctl_tty(2), TIOCSCTTY',
    expect: { linux: 'succeeds', ...measured('TIOCSCTTY by the owner once more') },
  },
  () => answered('TIOCSCTTY', takeTerminal(leadSessionOn(freshTerminal()))),
);

promise(
  'TIOCSCTTY by a leader that has another terminal fails with EPERM',
  { id: 'tiocsctty/has-another', clause: 'ioctl_tty(2), TIOCSCTTY', expect: 'EPERM' },
  () => {
    leadSessionOn(freshTerminal());
    return answered('TIOCSCTTY', takeTerminal(openQuietly(freshTerminal())));
  },
);

promise(
  'TIOCSCTTY of a file that is no terminal fails with ENOTTY',
  { id: 'tiocsctty/no-terminal', clause: 'ioctl(2), ERRORS [ENOTTY]', expect: 'ENOTTY' },
  () => {
    must('setsid', setsid());
    return answered('TIOCSCTTY', takeTerminal(0));
  },
);
