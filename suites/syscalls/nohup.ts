import { fork } from '../../harness/libc/fork.ts';
import { must } from '../../harness/libc/library.ts';
import { ending, waitpid } from '../../harness/libc/sys-wait.ts';
import { _exit, execve, getpgid, getpid, getsid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw } from './run/seen.ts';
import { type RunningProgram, searchPath, stayAfter, whileRunning } from './scenery/execute.ts';
import { factOf, signalsOf } from './scenery/observed.ts';
import { freshTerminal, leadSessionOn } from './scenery/terminal.ts';

/** What is seen of the program that nohup executes, once that has said that it runs. */
function underNohup<T>(look: (program: RunningProgram) => T): T {
  return whileRunning(
    '/usr/bin/nohup',
    ['sh', ...stayAfter('echo')],
    () => {},
    (program) => {
      program.line();
      return look(program);
    },
  );
}

promise(
  'nohup ignores SIGHUP and no other signal',
  {
    id: 'nohup/signals',
    clause: 'POSIX.1-2024 XCU nohup, DESCRIPTION',
    rows: ['K-NOHUP-1'],
    expect: 'SIGHUP',
    supports: ['sighup-disposition', 'ignored-signals'],
  },
  () =>
    saw(
      underNohup(({ pid }) => signalsOf(pid, 'ignored')),
      'ignored in its program',
    ),
);

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
    const { session, group, terminal } = underNohup(({ pid }) => ({
      session: getsid(pid).value,
      group: getpgid(pid).value,
      terminal: factOf(pid, 'terminal'),
    }));
    return either(
      session === getpid() && group === getpid() && terminal !== null,
      'kept',
      'changed',
      `session ${session}, group ${group}, terminal ${terminal?.name ?? terminal?.device ?? 'none'}`,
    );
  },
);

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
