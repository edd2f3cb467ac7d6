/** <syslog.h> */

import { libc } from './library.ts';

const c = { openlog: libc.func('void openlog(const void *ident, int option, int facility)') };

/** Connect at once instead of with the first message. */
const LOG_NDELAY = 8;
const LOG_DAEMON = 24;

/** POSIX.1-2024 XSH openlog() for the facility of daemons, under the program's name. It reports no failure. */
export const connectToLog = (): void => c.openlog(null, LOG_NDELAY, LOG_DAEMON);
