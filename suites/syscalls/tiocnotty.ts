import { must } from '../../harness/libc/library.ts';
import { giveUpTerminal } from '../../harness/libc/sys-ioctl.ts';
import { setpgid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { allOf, answered, saw } from './run/seen.ts';
import { gate, inChild, start } from './scenery/child.ts';
import { block, jobSignals, pending } from './scenery/signals.ts';
import { freshTerminal, hasTerminal, leadSessionOn, openQuietly } from './scenery/terminal.ts';

// ioctl_tty(2), TIOCNOTTY
promise(
  'TIOCNOTTY by the session leader sends the foreground group SIGHUP and SIGCONT',
  {
    id: 'tiocnotty/leader',
    clause: 'ioctl_tty(2), TIOCNOTTY',
    rows: ['K-TTY-8'],
    expect: {
      linux: 'SIGHUP SIGCONT',
      freebsd: { kind: 'nothing', source: 'measured on FreeBSD 12.2' },
      openbsd: { kind: 'EINVAL', source: 'measured on OpenBSD 7.3' },
      netbsd: { kind: 'EINVAL', source: 'measured on NetBSD 10.99.12' },
    },
    supports: ['terminal-hangup'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    block(...jobSignals);
    const { errno } = giveUpTerminal(slave);
    return allOf(errno ?? pending(), `TIOCNOTTY: ${errno ?? 0}, pending ${pending()}`, {
      'no terminal': !hasTerminal(),
    });
  },
);

// ioctl_tty(2), TIOCNOTTY
promise(
  'TIOCNOTTY by the session leader takes the terminal from the whole session and signals no background group',
  {
    id: 'tiocnotty/background',
    clause: 'ioctl_tty(2), TIOCNOTTY',
    rows: ['K-TTY-8'],
    expect: { linux: 'nothing, no terminal' },
    supports: ['terminal-hangup', 'controlling-terminal'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    block(...jobSignals);
    const [ready, gone] = [gate(), gate()];
    const job = start(() => {
      setpgid(0, 0);
      ready.open();
      gone.pass();
      return `${pending()}, ${hasTerminal() ? 'terminal' : 'no terminal'}`;
    });
    ready.pass();
    must('TIOCNOTTY', giveUpTerminal(slave));
    gone.open();
    return saw(job.result(), 'background job of the session');
  },
);

// ioctl_tty(2), TIOCNOTTY
promise(
  'TIOCNOTTY by another member of the session gives up the terminal for that process alone',
  {
    id: 'tiocnotty/member',
    clause: 'ioctl_tty(2), TIOCNOTTY',
    rows: ['K-TTY-8'],
    expect: { linux: 'itself alone', freebsd: { kind: 'EPERM', source: 'measured on FreeBSD 12.2' } },
    supports: ['controlling-terminal'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    block(...jobSignals);
    const member = inChild(() => ({ errno: giveUpTerminal(slave).errno, has: hasTerminal() }));
    return allOf(
      member.errno ?? (member.has ? 'nobody' : 'itself alone'),
      `TIOCNOTTY: ${member.errno ?? 0}`,
      { 'the leader keeps it': hasTerminal(), 'nobody is signalled': pending() === 'nothing' },
    );
  },
);

// ioctl_tty(2), TIOCNOTTY
promise(
  'TIOCNOTTY of a terminal that is not the controlling one fails',
  {
    id: 'tiocnotty/not-controlling',
    clause: 'ioctl_tty(2), TIOCNOTTY',
    expect: {
      linux: 'ENOTTY',
      freebsd: { kind: 'ENOTTY', source: 'measured on FreeBSD 12.2' },
      openbsd: { kind: 'ENOTTY', source: 'measured on OpenBSD 7.3' },
      netbsd: { kind: 'ENOSYS', source: 'measured on NetBSD 10.99.12' },
    },
  },
  () => answered('TIOCNOTTY', giveUpTerminal(openQuietly(freshTerminal()))),
);
