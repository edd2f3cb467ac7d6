import { fork } from '../../harness/libc/fork.ts';
import { must } from '../../harness/libc/library.ts';
import { ending, waitpid } from '../../harness/libc/sys-wait.ts';
import { _exit, execve, getpid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw } from './run/seen.ts';
import { execute, searchPath } from './scenery/execute.ts';
import { parseStat, signalsOf } from './scenery/proc-status.ts';
import { freshTerminal, leadSessionOn } from './scenery/terminal.ts';

// POSIX.1-2024 XCU nohup, DESCRIPTION
promise(
  'nohup ignores SIGHUP and no other signal',
  {
    id: 'nohup/signals',
    clause: 'POSIX.1-2024 XCU nohup, DESCRIPTION',
    rows: ['K-NOHUP-1'],
    expect: 'SIGHUP',
    supports: ['sighup-disposition', 'ignored-signals'],
  },
  () => {
    const { output } = execute('/usr/bin/nohup', ['cat', '/proc/self/status']);
    return saw(signalsOf(output, 'SigIgn'), 'ignored in its program');
  },
);

// POSIX.1-2024 XCU nohup, DESCRIPTION
promise(
  'nohup keeps session, process group and terminal',
  {
    id: 'nohup/session',
    clause: 'POSIX.1-2024 XCU nohup, DESCRIPTION',
    rows: ['K-NOHUP-1'],
    expect: 'kept',
    supports: ['session', 'process-group', 'controlling-terminal'],
  },
  () => {
    leadSessionOn(freshTerminal());
    const { session, processGroup, terminal } = parseStat(
      execute('/usr/bin/nohup', ['cat', '/proc/self/stat']).output,
    );
    return either(
      session === getpid() && processGroup === getpid() && terminal !== 0,
      'kept',
      'changed',
      `session ${session}, group ${processGroup}, tty ${terminal}`,
    );
  },
);

// POSIX.1-2024 XCU nohup, EXIT STATUS
promise(
  'nohup of a program that does not exist exits with 127',
  {
    id: 'nohup/not-found',
    clause: 'POSIX.1-2024 XCU nohup, EXIT STATUS',
    expect: '127',
    supports: ['start-failure'],
  },
  () => {
    const pid = must('fork', fork());
    if (pid === 0) {
      execve('/usr/bin/nohup', ['nohup', '/no/such/program'], [searchPath]);
      _exit(1);
    }
    return saw(String(ending(waitpid(pid, 0).status)?.exitCode), 'exit status');
  },
);
