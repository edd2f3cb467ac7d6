import { must } from '../../harness/libc/library.ts';
import { tcgetsid } from '../../harness/libc/termios.ts';
import { getpid, setsid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, either } from './run/seen.ts';
import { freshTerminal, leadSessionOn, openQuietly } from './scenery/terminal.ts';

promise(
  'tcgetsid() of the controlling terminal is the session',
  {
    id: 'tcgetsid/controlling',
    clause: 'POSIX.1-2024 XSH tcgetsid(), DESCRIPTION',
    expect: 'session ID',
    supports: ['session'],
  },
  () => {
    const { value, errno } = tcgetsid(leadSessionOn(freshTerminal()));
    return either(value === getpid(), 'session ID', errno ?? 'something else', `tcgetsid(): ${value}`);
  },
);

promise(
  'tcgetsid() of a terminal that is not the controlling one fails with ENOTTY',
  {
    id: 'tcgetsid/not-controlling',
    clause: 'POSIX.1-2024 XSH tcgetsid(), ERRORS [ENOTTY]',
    expect: 'ENOTTY',
  },
  () => {
    must('setsid', setsid());
    return answered('tcgetsid()', tcgetsid(openQuietly(freshTerminal())));
  },
);

promise(
  'tcgetsid() of a descriptor that is not open fails with EBADF',
  { id: 'tcgetsid/not-open', clause: 'POSIX.1-2024 XSH tcgetsid(), ERRORS [EBADF]', expect: 'EBADF' },
  () => answered('tcgetsid(99)', tcgetsid(99)),
);
