import { platform } from '../../harness/libc/platform.ts';
import { getpgrp, getsid, pipe2 } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw } from './run/seen.ts';
import { execute, place } from './scenery/execute.ts';
import { parseStat, signalsOf } from './scenery/proc-status.ts';
import { ignore } from './scenery/signals.ts';
import { freshTerminal, leadSessionOn } from './scenery/terminal.ts';

// POSIX.1-2024 XCU 2.12 Signals and Error Handling; 2.9.3.1 Asynchronous AND-OR Lists
promise(
  'An asynchronous list without job control ignores SIGINT and SIGQUIT',
  {
    id: 'sh/async-signals',
    clause: 'POSIX.1-2024 XCU 2.12 Signals and Error Handling; 2.9.3.1 Asynchronous AND-OR Lists',
    rows: ['K-SH-1'],
    expect: 'SIGINT SIGQUIT',
    supports: ['keyboard-signals', 'background-start', 'ignored-signals'],
  },
  () => {
    const { output } = execute('/bin/sh', ['-c', 'cat /proc/self/status & wait']);
    return saw(signalsOf(output, 'SigIgn'), 'ignored in the list');
  },
);

// POSIX.1-2024 XCU 2.9.3.1 Asynchronous AND-OR Lists
promise(
  'An asynchronous list without job control reads from the null device',
  {
    id: 'sh/async-input',
    clause: 'POSIX.1-2024 XCU 2.9.3.1 Asynchronous AND-OR Lists',
    rows: ['K-SH-1'],
    expect: '/dev/null',
    supports: ['standard-streams', 'background-start'],
  },
  () => {
    const pipe = pipe2(platform.O_CLOEXEC);
    const { output } = execute('/bin/sh', ['-c', 'readlink /proc/self/fd/0 & wait'], () =>
      place(pipe.read, 0),
    );
    return saw(
      output.trim().startsWith('pipe:') ? 'the input of the shell' : output.trim(),
      'standard input of the list',
    );
  },
);

// POSIX.1-2024 XCU 2.11 Job Control: off in a shell that is not interactive
promise(
  'An asynchronous list without job control stays in the process group of the shell',
  {
    id: 'sh/async-group',
    clause: 'POSIX.1-2024 XCU 2.11 Job Control: off in a shell that is not interactive',
    expect: 'same group',
    supports: ['process-group', 'session', 'background-start'],
  },
  () => {
    const { processGroup, session } = parseStat(
      execute('/bin/sh', ['-c', 'cat /proc/self/stat & wait']).output,
    );
    return either(
      processGroup === getpgrp() && session === getsid(0).value,
      'same group',
      'a group of its own',
      `group ${processGroup}, session ${session}`,
    );
  },
);

// POSIX.1-2024 XCU set -m
promise(
  'With job control an asynchronous list has a process group of its own',
  {
    id: 'sh/monitor-group',
    clause: 'POSIX.1-2024 XCU set -m',
    expect: 'a group of its own',
    supports: ['process-group', 'background-start'],
  },
  () => {
    // Without a terminal some shells refuse job control.
    leadSessionOn(freshTerminal());
    const { processGroup, session } = parseStat(
      execute('/bin/sh', ['-c', 'set -m; cat /proc/self/stat & wait']).output,
    );
    return either(
      processGroup !== getpgrp() && session === getsid(0).value,
      'a group of its own',
      'same group',
      `group ${processGroup}, session ${session}`,
    );
  },
);

// POSIX.1-2024 XCU 2.12 Signals and Error Handling
promise(
  'Signals ignored on entry to a shell stay ignored in what it starts',
  {
    id: 'sh/ignored',
    clause: 'POSIX.1-2024 XCU 2.12 Signals and Error Handling',
    expect: 'SIGHUP',
    supports: ['ignored-signals', 'sighup-disposition'],
  },
  () =>
    saw(
      signalsOf(execute('/bin/sh', ['-c', 'cat /proc/self/status'], () => ignore('SIGHUP')).output, 'SigIgn'),
      'ignored in its program',
    ),
);

// POSIX.1-2024 XCU trap, DESCRIPTION
promise(
  'A signal ignored on entry to a shell cannot be trapped',
  {
    id: 'sh/trap-ignored',
    clause: 'POSIX.1-2024 XCU trap, DESCRIPTION',
    expect: 'not trapped',
    supports: ['ignored-signals'],
  },
  () =>
    saw(
      execute('/bin/sh', ['-c', 'trap "echo trapped" USR1; kill -USR1 $$; echo done'], () =>
        ignore('SIGUSR1'),
      ).output === 'done\n'
        ? 'not trapped'
        : 'trapped',
      'trap of SIGUSR1',
    ),
);
