/** <termios.h> */

import { type CallResult, libc, returned } from './library.ts';
import { platform } from './platform.ts';

const c = {
  tcgetattr: libc.func('int tcgetattr(int fd, _Out_ void *termios)'),
  tcsetattr: libc.func('int tcsetattr(int fd, int when, const void *termios)'),
  tcgetsid: libc.func('int tcgetsid(int fd)'),
};

const { bytes: termiosBytes, localModes: localModesAt } = platform.termios;
const TCSANOW = 0;

/** POSIX.1-2024 XSH tcsetattr() with the attributes as they are: changes nothing. EBADF, EINTR, EIO, ENOTTY. */
export function setSameAttributes(fd: number): CallResult {
  const termios = Buffer.alloc(termiosBytes);
  const read = returned(c.tcgetattr(fd, termios));
  return read.errno === null ? returned(c.tcsetattr(fd, TCSANOW, termios)) : read;
}

/** Sets TOSTOP: from now on a background process that writes is stopped. */
export function stopBackgroundOutput(fd: number): CallResult {
  const termios = Buffer.alloc(termiosBytes);
  const read = returned(c.tcgetattr(fd, termios));
  if (read.errno !== null) return read;
  termios.writeUInt32LE(termios.readUInt32LE(localModesAt) | platform.TOSTOP, localModesAt);
  return returned(c.tcsetattr(fd, TCSANOW, termios));
}

/** POSIX.1-2024 XSH tcgetsid(): EBADF, ENOTTY. */
export const tcgetsid = (fd: number): CallResult => returned(c.tcgetsid(fd));
