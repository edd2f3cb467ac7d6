import { must } from '../../harness/libc/library.ts';
import { read, setpgid, setsid, write } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, either, saw } from './run/seen.ts';
import { inChild, start } from './scenery/child.ts';
import { block, ignore, pending } from './scenery/signals.ts';
import { freshTerminal, leadSessionOn, orphanedGroup } from './scenery/terminal.ts';

promise(
  'A background process that reads from its terminal is stopped by SIGTTIN',
  {
    id: 'read-terminal/background',
    clause: 'POSIX.1-2024 XBD 11.1.4 Terminal Access Control',
    rows: ['K-JOB-1'],
    expect: 'SIGTTIN',
    supports: ['job-control-dispositions'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    const job = start(() => {
      setpgid(0, 0);
      read(slave, Buffer.alloc(1));
    });
    return saw(job.stopped(), 'read() in the background');
  },
);

promise(
  'A background read with SIGTTIN ignored fails with EIO',
  {
    id: 'read-terminal/ignoring',
    clause: 'POSIX.1-2024 XBD 11.1.4 Terminal Access Control',
    rows: ['K-JOB-2'],
    expect: 'EIO',
    supports: ['job-control-dispositions'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    return inChild(() => {
      setpgid(0, 0);
      ignore('SIGTTIN');
      return answered('read()', read(slave, Buffer.alloc(1)));
    });
  },
);

promise(
  'A background read with SIGTTIN blocked fails with EIO',
  {
    id: 'read-terminal/blocking',
    clause: 'POSIX.1-2024 XBD 11.1.4 Terminal Access Control',
    rows: ['K-JOB-2'],
    expect: 'EIO',
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    return inChild(() => {
      setpgid(0, 0);
      block('SIGTTIN');
      return answered('read()', read(slave, Buffer.alloc(1)), { 'nothing came': pending() === 'nothing' });
    });
  },
);

promise(
  'A read in an orphaned background group fails with EIO',
  {
    id: 'read-terminal/orphaned',
    clause: 'POSIX.1-2024 XBD 11.1.4 Terminal Access Control',
    rows: ['K-JOB-3'],
    expect: 'EIO',
    supports: ['job-control-dispositions', 'background-start'],
  },
  () => {
    const slave = leadSessionOn(freshTerminal());
    return orphanedGroup(() => answered('read()', read(slave, Buffer.alloc(1))));
  },
);

promise(
  'A process of another session reads from the terminal as from any file',
  {
    id: 'read-terminal/other-session',
    clause: 'POSIX.1-2024 XBD 11.1.4: access control is for the controlling terminal',
    expect: 'reads',
    supports: ['terminal-descriptors'],
  },
  () => {
    const terminal = freshTerminal();
    const slave = leadSessionOn(terminal);
    write(terminal.master, Buffer.from('x\n'));
    const { value } = inChild(() => {
      must('setsid', setsid());
      return read(slave, Buffer.alloc(8));
    });
    return either(value === 2, 'reads', 'does not read', `read(): ${value}`);
  },
);
