import { constants, symlinkSync, writeFileSync } from 'node:fs';
import {
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_GETLK,
  F_SETLK,
  F_WRLCK,
  fcntl,
  lock,
  O_RDWR,
  open,
} from '../../harness/libc/fcntl.ts';
import { fork } from '../../harness/libc/fork.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { disposition, harmlessHandler } from '../../harness/libc/signal.ts';
import { getrlimit, setrlimit } from '../../harness/libc/sys-resource.ts';
import { umask } from '../../harness/libc/sys-stat.ts';
import { ITIMER_REAL, setTimer } from '../../harness/libc/sys-times.ts';
import { ending, WUNTRACED, waitpid } from '../../harness/libc/sys-wait.ts';
import {
  _exit,
  chdir,
  execve,
  getpgid,
  getpgrp,
  getpid,
  getsid,
  nice,
  pipe2,
} from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw, unsupported } from './run/seen.ts';
import { gate, mailbox } from './scenery/child.ts';
import { execute, executeFails, place, searchPath, stayAfter, whileRunning } from './scenery/execute.ts';
import { factOf, signalsOf } from './scenery/observed.ts';
import { block, catchQuietly, ignore, numberOf, send } from './scenery/signals.ts';
import { freshTerminal, leadSessionOn } from './scenery/terminal.ts';

const { O_CREAT } = constants;

/** A set of signals of a program executed after `prepare`. */
function signalsAfter(prepare: () => void, set: 'blocked' | 'ignored' | 'pending'): string {
  return whileRunning('/bin/cat', [], prepare, ({ pid }) => signalsOf(pid, set));
}

promise(
  'exec keeps the signal mask',
  {
    id: 'exec/mask',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    rows: ['K-EXEC-1'],
    expect: 'SIGUSR1 SIGTERM',
    supports: ['signal-mask', 'termination-after-hostile-start'],
  },
  () => {
    const both = signalsAfter(() => block('SIGUSR1', 'SIGTERM'), 'blocked');
    // In the order of their numbers, which differ.
    return saw(both === 'SIGTERM SIGUSR1' ? 'SIGUSR1 SIGTERM' : both, 'blocked after exec');
  },
);

promise(
  'exec keeps signals that are pending for the process',
  {
    id: 'exec/pending',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    rows: ['K-EXEC-2'],
    expect: 'SIGUSR1',
    supports: ['pending-signals'],
  },
  () =>
    saw(
      signalsAfter(() => {
        block('SIGUSR1');
        send(getpid(), 'SIGUSR1');
      }, 'pending'),
      'pending after exec',
    ),
);

promise(
  'exec keeps ignored signals ignored',
  {
    id: 'exec/ignored',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    rows: ['K-EXEC-3'],
    expect: 'SIGHUP SIGUSR1',
    supports: ['ignored-signals', 'sighup-disposition', 'ignored-sigpipe'],
  },
  () =>
    saw(
      signalsAfter(() => ignore('SIGHUP', 'SIGUSR1'), 'ignored'),
      'ignored after exec',
    ),
);

promise(
  'exec resets caught signals to the default action',
  {
    id: 'exec/caught',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    rows: ['K-EXEC-3'],
    expect: 'reset to default',
    supports: ['ignored-signals'],
  },
  () => {
    const { caught, ignored } = whileRunning(
      '/bin/cat',
      [],
      () => catchQuietly('SIGUSR1'),
      ({ pid }) => factOf(pid, 'signals'),
    );
    return either(
      !caught.includes('SIGUSR1') && !ignored.includes('SIGUSR1'),
      'reset to default',
      'kept',
      `caught after exec: ${caught.join(' ') || 'nothing'}`,
    );
  },
);

const execsigs = { kind: 'reset to default', source: 'sys/kern/kern_sig.c, execsigs()' };
const resetByExec = { freebsd: execsigs, openbsd: execsigs, netbsd: execsigs };

promise(
  'Whether exec keeps SIGCHLD ignored',
  {
    id: 'exec/ignored-sigchld',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION: unspecified for SIGCHLD',
    rows: ['K-EXEC-4'],
    implementationDefined: true,
    expect: { linux: 'kept ignored', ...resetByExec },
    supports: ['ignored-sigchld', 'ignored-sigchld-start'],
  },
  () => {
    const { ignored, ignoredOrDefault = [] } = whileRunning(
      '/bin/cat',
      [],
      () => ignore('SIGCHLD'),
      ({ pid }) => factOf(pid, 'signals'),
    );
    if (ignoredOrDefault.includes('SIGCHLD'))
      return unsupported('the system does not tell an ignored SIGCHLD from one with the default action');
    return saw(ignored.includes('SIGCHLD') ? 'kept ignored' : 'reset to default', 'SIGCHLD after exec');
  },
);

promise(
  'exec keeps an armed alarm',
  {
    id: 'exec/alarm',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    rows: ['K-EXEC-5'],
    expect: 'SIGALRM',
    supports: ['armed-alarm'],
  },
  () => {
    // Should it come before exec, there is no output: then later.
    for (const ms of [5, 50, 500, 5000]) {
      const { output, waitStatus } = execute(
        '/bin/sh',
        ['-c', 'echo running; while :; do :; done'],
        () => void setTimer(ITIMER_REAL, ms),
      );
      if (output === '') continue;
      return saw(
        ending(waitStatus)?.signal === numberOf('SIGALRM') ? 'SIGALRM' : `wait status ${waitStatus}`,
        'end of a program that never ends by itself',
      );
    }
    throw new Error('the alarm always came before exec');
  },
);

promise(
  'exec keeps file mode creation mask, working directory, session and process group',
  {
    id: 'exec/surroundings',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    rows: ['K-EXEC-6'],
    expect: 'kept',
    supports: ['inherited-file-mode-creation-mask', 'working-directory', 'session', 'process-group'],
  },
  () => {
    const program = whileRunning(
      '/bin/sh',
      stayAfter('umask; pwd -P'),
      () => {
        umask(0o137);
        chdir('/usr');
      },
      ({ pid, line }) => ({
        mask: line(),
        directory: line(),
        session: getsid(pid).value,
        group: getpgid(pid).value,
      }),
    );
    const { mask, directory, session, group } = program;
    return either(
      Number.parseInt(mask, 8) === 0o137 &&
        directory === '/usr' &&
        session === getsid(0).value &&
        group === getpgrp(),
      'kept',
      'changed',
      `umask ${mask}, directory ${directory}, session ${session}, group ${group}`,
    );
  },
);

promise(
  'exec keeps the process ID and the parent',
  {
    id: 'exec/ids',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    expect: 'kept',
    supports: ['parent-process'],
  },
  () => {
    const box = mailbox<number>();
    const { output } = execute('/bin/sh', ['-c', 'echo $$ $PPID'], () => box.put(getpid()));
    return either(output === `${box.take()} ${getpid()}\n`, 'kept', 'changed', output.trim());
  },
);

promise(
  'exec keeps nice value and limits',
  {
    id: 'exec/limits',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    expect: 'kept',
    supports: ['nice-value', 'resource-limits'],
  },
  () => {
    // Started nicely, there may be less left than three.
    const wanted = Math.min(nice(0).value + 3, 19);
    const program = whileRunning(
      '/bin/sh',
      stayAfter('ulimit -Sn'),
      () => {
        nice(3);
        setrlimit(platform.RLIMIT_NOFILE, { soft: 77n, hard: getrlimit(platform.RLIMIT_NOFILE).hard });
      },
      ({ pid, line }) => ({ limit: line(), nice: factOf(pid, 'nice') }),
    );
    return either(
      program.limit === '77' && program.nice === wanted,
      'kept',
      'changed',
      `${program.limit} ${program.nice}`,
    );
  },
);

promise(
  'exec closes descriptors with FD_CLOEXEC and keeps the others',
  {
    id: 'exec/cloexec',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    expect: '20 kept, 21 closed',
    supports: ['inherited-descriptors'],
  },
  () => {
    const open = whileRunning(
      '/bin/cat',
      [],
      () => {
        fcntl(0, F_DUPFD, 20);
        fcntl(0, F_DUPFD_CLOEXEC, 21);
      },
      ({ pid }) => factOf(pid, 'descriptors').map(({ fd }) => fd),
    );
    const seen = [20, 21].map((fd) => `${fd} ${open.includes(fd) ? 'kept' : 'closed'}`);
    return saw(seen.join(', '), 'descriptors after exec');
  },
);

promise(
  'exec keeps the controlling terminal',
  {
    id: 'exec/terminal',
    clause: 'POSIX.1-2024 XBD 11.1.3: not affected by exec',
    expect: 'kept',
    supports: ['controlling-terminal'],
  },
  () => {
    leadSessionOn(freshTerminal());
    const { output } = execute('/bin/sh', ['-c', 'exec </dev/tty && echo kept']);
    return saw(output.trim() || 'lost', 'opening /dev/tty after exec');
  },
);

promise(
  'exec keeps record locks',
  {
    id: 'exec/record-locks',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    expect: 'kept',
    supports: ['inherited-lock', 'pidfile'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/lock`;
    const [ready, done] = [gate(), pipe2(platform.O_CLOEXEC)];
    const pid = must('fork', fork());
    if (pid === 0) {
      lock(must('open', open(path, O_RDWR | O_CREAT, 0o600)), F_SETLK, F_WRLCK);
      place(done.read, 0);
      ready.open();
      execve('/bin/sh', ['sh', '-c', 'kill -STOP $$'], []);
      _exit(127);
    }
    ready.pass();
    waitpid(pid, WUNTRACED);
    const { holder } = lock(must('open', open(path, O_RDWR)), F_GETLK, F_WRLCK);
    return either(holder === pid, 'kept', 'lost', `held by ${holder}, the program is ${pid}`);
  },
);

promise(
  'exec of a path that does not exist fails with ENOENT',
  {
    id: 'exec/no-such-file',
    clause: 'POSIX.1-2024 XSH exec, ERRORS [ENOENT]',
    expect: 'ENOENT',
    supports: ['start-failure'],
  },
  () => saw(executeFails('/no/such/program'), 'execve()'),
);

promise(
  'exec of a file without execute permission fails with EACCES',
  {
    id: 'exec/not-executable',
    clause: 'POSIX.1-2024 XSH exec, ERRORS [EACCES]',
    expect: 'EACCES',
    supports: ['start-failure'],
  },
  ({ scratch }) => {
    writeFileSync(`${scratch()}/file`, '', { mode: 0o644 });
    return saw(executeFails(`${scratch()}/file`), 'execve()');
  },
);

promise(
  'exec of a directory fails with EACCES',
  { id: 'exec/directory', clause: 'POSIX.1-2024 XSH exec, ERRORS [EACCES]', expect: 'EACCES' },
  () => saw(executeFails('/'), 'execve()'),
);

promise(
  'exec of a file of no known format fails with ENOEXEC',
  { id: 'exec/unknown-format', clause: 'POSIX.1-2024 XSH exec, ERRORS [ENOEXEC]', expect: 'ENOEXEC' },
  ({ scratch }) => {
    writeFileSync(`${scratch()}/file`, 'text', { mode: 0o755 });
    return saw(executeFails(`${scratch()}/file`), 'execve()');
  },
);

promise(
  'exec below a file that is no directory fails with ENOTDIR',
  { id: 'exec/not-a-directory', clause: 'POSIX.1-2024 XSH exec, ERRORS [ENOTDIR]', expect: 'ENOTDIR' },
  () => saw(executeFails('/dev/null/program'), 'execve()'),
);

promise(
  'exec with an argument longer than the limit fails with E2BIG',
  { id: 'exec/too-big', clause: 'POSIX.1-2024 XSH exec, ERRORS [E2BIG]', expect: 'E2BIG' },
  () => {
    return saw(executeFails('/bin/sh', ['x'.repeat(3_000_000)]), 'execve() with an argument of 3 MB');
  },
);

promise(
  'exec through a loop of symbolic links fails with ELOOP',
  { id: 'exec/loop', clause: 'POSIX.1-2024 XSH exec, ERRORS [ELOOP]', expect: 'ELOOP' },
  ({ scratch }) => {
    symlinkSync('loop', `${scratch()}/loop`);
    return saw(executeFails(`${scratch()}/loop`), 'execve()');
  },
);

promise(
  'A failed exec leaves the process as it was',
  { id: 'exec/failure', clause: 'POSIX.1-2024 XSH exec, RETURN VALUE', expect: 'unchanged' },
  () => {
    catchQuietly('SIGUSR1');
    execve('/no/such/program', ['program'], []);
    return either(
      disposition(numberOf('SIGUSR1')).handler === harmlessHandler,
      'unchanged',
      'changed',
      'disposition of SIGUSR1',
    );
  },
);

promise(
  'The environment after exec is the one that was given',
  {
    id: 'exec/environment',
    clause: 'POSIX.1-2024 XSH exec, DESCRIPTION',
    expect: 'given',
    supports: ['environment', 'empty-environment'],
  },
  () => {
    const { output } = execute('/usr/bin/env', []);
    return either(output.trim() === searchPath, 'given', 'changed', output.trim());
  },
);
