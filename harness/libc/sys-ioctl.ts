/** <sys/ioctl.h>, <termios.h>: the controlling terminal. */

import { type CallResult, libc, returned } from './library.ts';
import { platform } from './platform.ts';

const c = { ioctl: libc.func('int ioctl(int fd, unsigned long request, ...)') };

/** TIOCSCTTY, ioctl_tty(2): the session leader takes the terminal. EPERM if it may not. */
export const takeTerminal = (fd: number): CallResult => returned(c.ioctl(fd, platform.TIOCSCTTY, 'int', 0));
/** TIOCNOTTY, ioctl_tty(2): gives up the controlling terminal; from a session leader, for the whole session. */
export const giveUpTerminal = (fd: number): CallResult => returned(c.ioctl(fd, platform.TIOCNOTTY, 'int', 0));

/** TIOCSWINSZ, ioctl_tty(2). */
export function setWindowSize(fd: number, rows: number, columns: number): CallResult {
  const size = Uint16Array.of(rows, columns, 0, 0);
  return returned(c.ioctl(fd, platform.TIOCSWINSZ, 'const void *', size));
}

/** TIOCSCTTY with argument 1, ioctl_tty(2): root takes the terminal away from the session that has it. EPERM. */
export const stealTerminal = (fd: number): CallResult => returned(c.ioctl(fd, platform.TIOCSCTTY, 'int', 1));
