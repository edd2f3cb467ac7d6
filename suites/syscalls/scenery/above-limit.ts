/** Descriptors that a loop up to the soft limit does not reach. */

import { F_DUPFD, fcntl } from '../../../harness/libc/fcntl.ts';
import { must } from '../../../harness/libc/library.ts';
import { platform } from '../../../harness/libc/platform.ts';
import { getrlimit, setrlimit } from '../../../harness/libc/sys-resource.ts';

/** Opens 20, 900 and 901, then lowers the soft limit to 256. */
export function aboveLimit(): void {
  for (const fd of [20, 900, 901]) must('fcntl(F_DUPFD)', fcntl(0, F_DUPFD, fd));
  const { hard } = getrlimit(platform.RLIMIT_NOFILE);
  must('setrlimit', setrlimit(platform.RLIMIT_NOFILE, { soft: 256n, hard }));
}
