import { must } from '../../harness/libc/library.ts';
import { stopBackgroundOutput } from '../../harness/libc/termios.ts';
import { setpgid, write } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { inChild, start } from './scenery/child.ts';
import { ignore } from './scenery/signals.ts';
import { freshTerminal, leadSessionOn, orphanedGroup } from './scenery/terminal.ts';

promise(
  'A background process may write to its terminal while TOSTOP is not set',
  {
    id: 'write-terminal/background',
    clause: 'POSIX.1-2024 XBD 11.1.4 Terminal Access Control',
    rows: ['K-JOB-4'],
    expect: 'succeeds',
    supports: ['terminal-output'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    return inChild(() => {
      setpgid(0, 0);
      return answered('write()', write(slave, Buffer.from('x')));
    });
  },
);

promise(
  'A background write with TOSTOP set stops the process with SIGTTOU',
  {
    id: 'write-terminal/tostop',
    clause: 'POSIX.1-2024 XBD 11.1.4 Terminal Access Control',
    rows: ['K-JOB-4'],
    expect: 'SIGTTOU',
    supports: ['job-control-dispositions'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    must('tcsetattr', stopBackgroundOutput(slave));
    const job = start(() => {
      setpgid(0, 0);
      write(slave, Buffer.from('x'));
    });
    return saw(job.stopped(), 'write() in the background');
  },
);

promise(
  'A background write with TOSTOP set and SIGTTOU ignored succeeds',
  {
    id: 'write-terminal/tostop-ignoring',
    clause: 'POSIX.1-2024 XBD 11.1.4 Terminal Access Control',
    rows: ['K-JOB-4'],
    expect: 'succeeds',
    supports: ['job-control-dispositions'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    must('tcsetattr', stopBackgroundOutput(slave));
    return inChild(() => {
      setpgid(0, 0);
      ignore('SIGTTOU');
      return answered('write()', write(slave, Buffer.from('x')));
    });
  },
);

promise(
  'A write with TOSTOP set in an orphaned background group fails with EIO',
  {
    id: 'write-terminal/tostop-orphaned',
    clause: 'POSIX.1-2024 XBD 11.1.4 Terminal Access Control',
    rows: ['K-JOB-4'],
    expect: 'EIO',
    supports: ['background-start'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    must('tcsetattr', stopBackgroundOutput(slave));
    return orphanedGroup(() => answered('write()', write(slave, Buffer.from('x'))));
  },
);
