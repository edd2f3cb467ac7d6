import { giveUpTerminal } from '../../harness/libc/sys-ioctl.ts';
import { setpgid } from '../../harness/libc/unistd.ts';
import { measured } from './run/measured.ts';
import { promise } from './run/promise.ts';
import { allOf, answered, saw } from './run/seen.ts';
import { gate, inChild, start } from './scenery/child.ts';
import { block, jobSignals, pending } from './scenery/signals.ts';
import { freshTerminal, hasTerminal, leadSessionOn, openQuietly } from './scenery/terminal.ts';

promise(
  'TIOCNOTTY by the session leader sends the foreground group SIGHUP and SIGCONT',
  {
    id: 'tiocnotty/leader',
    clause: 'ioctl_tty(2), TIOCNOTTY',
    rows: ['K-TTY-8'],
    expect: { linux: 'SIGHUP SIGCONT', ...measured('TIOCNOTTY by the session leader', { 0: 'nothing' }) },
    supports: ['terminal-hangup'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    block(...jobSignals);
    const { errno } = giveUpTerminal(slave);
    const seen = `TIOCNOTTY: ${errno ?? 0}, pending ${pending()}`;
    return errno === null
      ? allOf(pending(), seen, { 'no terminal': !hasTerminal() })
      : allOf(errno, seen, { 'it keeps the terminal': hasTerminal() });
  },
);

promise(
  'TIOCNOTTY by the session leader takes the terminal from the whole session and signals no background group',
  {
    id: 'tiocnotty/background',
    clause: 'ioctl_tty(2), TIOCNOTTY',
    rows: ['K-TTY-8'],
    expect: {
      linux: 'nothing, no terminal',
      ...measured('TIOCNOTTY by the session leader', { 0: 'nothing, no terminal' }),
    },
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
    const { errno } = giveUpTerminal(slave);
    gone.open();
    const seen = job.result();
    return saw(errno ?? seen, `background job of the session: ${seen}`);
  },
);

promise(
  'TIOCNOTTY by another member of the session gives up the terminal for that process alone',
  {
    id: 'tiocnotty/member',
    clause: 'ioctl_tty(2), TIOCNOTTY',
    rows: ['K-TTY-8'],
    expect: {
      linux: 'itself alone',
      ...measured('TIOCNOTTY by another member of the session', { 0: 'itself alone' }),
    },
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

promise(
  'TIOCNOTTY of a terminal that is not the controlling one fails',
  {
    id: 'tiocnotty/not-controlling',
    clause: 'ioctl_tty(2), TIOCNOTTY',
    expect: { linux: 'ENOTTY', ...measured('TIOCNOTTY on a terminal that is not the controlling one') },
  },
  () => answered('TIOCNOTTY', giveUpTerminal(openQuietly(freshTerminal()))),
);
