import { setSameAttributes } from '../../harness/libc/termios.ts';
import { setpgid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { start } from './scenery/child.ts';
import { freshTerminal, leadSessionOn, orphanedGroup } from './scenery/terminal.ts';

promise(
  'tcsetattr() from the background stops the caller with SIGTTOU, with or without TOSTOP',
  {
    id: 'tcsetattr/background',
    clause: 'POSIX.1-2024 XSH tcsetattr(), DESCRIPTION; XBD 11.1.4',
    expect: 'SIGTTOU',
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    const job = start(() => {
      setpgid(0, 0);
      setSameAttributes(slave);
    });
    return saw(job.stopped(), 'tcsetattr() in the background');
  },
);

promise(
  'tcsetattr() in an orphaned background group fails with EIO',
  { id: 'tcsetattr/orphaned', clause: 'POSIX.1-2024 XSH tcsetattr(), ERRORS [EIO]', expect: 'EIO' },
  () => {
    const slave = leadSessionOn(freshTerminal());
    return orphanedGroup(() => answered('tcsetattr()', setSameAttributes(slave)));
  },
);
