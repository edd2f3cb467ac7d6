import { constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { aioRead, aioWait } from '../../harness/libc/aio.ts';
import { opendir, readdir } from '../../harness/libc/dirent.ts';
import {
  F_GETFD,
  F_GETLK,
  F_SETFD,
  F_WRLCK,
  FD_CLOFORK,
  fcntl,
  lock,
  O_RDWR,
  open,
} from '../../harness/libc/fcntl.ts';
import { fork } from '../../harness/libc/fork.ts';
import { libc, must } from '../../harness/libc/library.ts';
import { freshQueue, mqReceive, mqSend } from '../../harness/libc/mqueue.ts';
import { catgets, catopen } from '../../harness/libc/nl-types.ts';
import { platform } from '../../harness/libc/platform.ts';
import { SCHED_RR, scheduler, setScheduler } from '../../harness/libc/sched.ts';
import { semInit, semPost, semTryWait } from '../../harness/libc/semaphore.ts';
import { disposition, harmlessHandler, kill, SIG_IGN } from '../../harness/libc/signal.ts';
import { MAP_PRIVATE, MAP_SHARED, mapMemory, mlock } from '../../harness/libc/sys-mman.ts';
import { PR_GET_PDEATHSIG, PR_SET_PDEATHSIG, prctl, prctlRead } from '../../harness/libc/sys-prctl.ts';
import { getrlimit, setrlimit } from '../../harness/libc/sys-resource.ts';
import { semaphore, semaphoreAddUndo, semaphoreRemove, semaphoreValue } from '../../harness/libc/sys-sem.ts';
import { mkdir, umask } from '../../harness/libc/sys-stat.ts';
import {
  ITIMER_REAL,
  processCpuNs,
  setTimer,
  timerCreate,
  timerExists,
  timerLeftMs,
  times,
} from '../../harness/libc/sys-times.ts';
import { waitpid } from '../../harness/libc/sys-wait.ts';
import {
  _exit,
  alarm,
  chdir,
  close,
  dup,
  getcwd,
  getpgrp,
  getpid,
  getppid,
  getsid,
  lseek,
  pipe2,
  write,
} from '../../harness/libc/unistd.ts';
import { libcPromise, promise, type Seen } from './run/promise.ts';
import { allOf, answered, either, saw, unsupported } from './run/seen.ts';
import { gate, inChild, mailbox, start } from './scenery/child.ts';
import { execute } from './scenery/execute.ts';
import type { LibcProgram } from './scenery/libc-program.ts';
import { lockedFile } from './scenery/locked-file.ts';
import { fieldOf, statusOf } from './scenery/proc-status.ts';
import { block, blocked, catchQuietly, ignore, numberOf, pending, send } from './scenery/signals.ts';
import { isOpen } from './scenery/streams.ts';
import { freshTerminal, hasTerminal, leadSessionOn } from './scenery/terminal.ts';
import { dropPrivileges } from './scenery/user.ts';

const { O_CREAT } = constants;

/** Linux. */
const RLIMIT_NPROC = 6;

/** A stdio buffer with one line, then fork(): how often the line is in the file after both processes have ended. */
function bufferAfterFork(program: LibcProgram, directory: string, second: 'exit' | '_exit'): Seen {
  const path = `${directory}/stream`;
  const stream = program.call('fopen', path, 'w').raw;
  program.call('fputs', 'line\n', stream);
  program.send('fork');
  const child = Math.max(program.answer()?.value ?? 0, program.answer()?.value ?? 0);
  // Either process may take either request: the outcome is the same.
  program.send('exit', 0);
  program.send(second, 0);
  program.answer();
  waitpid(program.pid, 0);
  const count = readFileSync(path, 'latin1').split('line').length - 1;
  return saw(
    count === 2 ? 'twice' : count === 1 ? 'once' : `${count} times`,
    `fork() gave ${child}, exit() and ${second}()`,
  );
}

/** Threads of the pool behind asynchronous calls, one of which waits for ever. */
function startThreads(): void {
  const wait = libc.func('int poll(void *fds, unsigned long count, int timeoutMs)');
  wait.async(null, 0, -1, () => {});
}

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'fork() creates one new process with an ID of its own',
  { id: 'fork/new-process', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'new process' },
  () => {
    const parent = getpid();
    const child = start(() => getpid());
    return either(
      child.pid !== parent && child.result() === child.pid,
      'new process',
      'something else',
      `parent ${parent}, child ${child.pid}`,
    );
  },
);

// POSIX.1-2024 XSH fork(), RETURN VALUE
promise(
  "fork() returns 0 in the child and the child's process ID in the parent",
  { id: 'fork/value', clause: 'POSIX.1-2024 XSH fork(), RETURN VALUE', expect: '0 and the process ID' },
  () => {
    const box = mailbox<number>();
    const { value } = fork();
    if (value === 0) {
      box.put(getpid());
      _exit(0);
    }
    return either(
      box.take() === value,
      '0 and the process ID',
      'something else',
      `value ${value} in the parent`,
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The child is a copy of its parent',
  { id: 'fork/copy', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'copy' },
  () => {
    const value = { text: 'before' };
    const seen = inChild(() => {
      const found = value.text;
      value.text = 'changed';
      return found;
    });
    return either(
      seen === 'before' && value.text === 'before',
      'copy',
      'shared',
      `child saw ${seen}, parent has ${value.text}`,
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION: unique process ID
promise(
  'The ID of the child is that of no process group',
  {
    id: 'fork/no-group',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: unique process ID',
    expect: 'ESRCH',
    supports: ['session'],
  },
  () => {
    const done = gate();
    const child = start(() => done.pass());
    const result = kill(-child.pid, 0);
    done.open();
    return answered('kill(-child, 0)', result);
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The parent of the child is the caller',
  {
    id: 'fork/parent',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    expect: 'caller',
    supports: ['parent-process'],
  },
  () => {
    const seen = inChild(() => getppid());
    return either(seen === getpid(), 'caller', 'somebody else', `getppid(): ${seen}`);
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The child shares open file descriptions, offset included',
  {
    id: 'fork/descriptors',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    expect: 'shared',
    supports: ['inherited-descriptors'],
  },
  ({ scratch }) => {
    const fd = must('open', open(`${scratch()}/file`, O_RDWR | O_CREAT, 0o600));
    inChild(() => void write(fd, Buffer.from('12345')));
    const { value } = lseek(fd, 0, 1);
    return either(value === 5, 'shared', 'separate', `offset ${value} after the child wrote 5 bytes`);
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION: its own copy of the descriptors
promise(
  'Closing a descriptor in the child leaves it open in the parent',
  {
    id: 'fork/close',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: its own copy of the descriptors',
    expect: 'open',
    supports: ['inherited-descriptors'],
  },
  () => {
    inChild(() => void close(0));
    return saw(isOpen(0) ? 'open' : 'closed', 'descriptor 0 of the parent');
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The child inherits open directory streams',
  { id: 'fork/directory-streams', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'inherited' },
  ({ scratch }) => {
    const stream = opendir(scratch());
    if (stream === 0) throw new Error('opendir() failed');
    return either(
      inChild(() => readdir(stream)),
      'inherited',
      'not inherited',
      'readdir() in the child',
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION: may be shared
promise(
  'Whether parent and child share the position of a directory stream',
  {
    id: 'fork/directory-position',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: may be shared',
    implementationDefined: true,
    expect: { linux: 'separate once read' },
  },
  ({ scratch }) => {
    const directory = scratch();
    mkdir(`${directory}/one`, 0o700);
    const stream = opendir(directory);
    readdir(stream);
    inChild(() => {
      while (readdir(stream));
    });
    return saw(
      readdir(stream) ? 'separate once read' : 'shared',
      'readdir() in the parent after the child came to the end',
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The child has a copy of the message catalogue descriptors',
  { id: 'fork/message-catalogues', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'inherited' },
  ({ scratch }) => {
    const [source, catalogue] = [`${scratch()}/messages`, `${scratch()}/messages.cat`];
    writeFileSync(source, '$set 1\n1 found\n');
    if (!existsSync('/usr/bin/gencat')) return unsupported('no gencat to make a message catalogue with');
    execute('/usr/bin/gencat', [catalogue, source]);
    const descriptor = catopen(catalogue);
    const text = inChild(() => catgets(descriptor, 1, 1, 'lost'));
    return either(text === 'found', 'inherited', 'not inherited', `catgets() in the child: ${text}`);
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION: tms values are set to 0
promise(
  'The process times of the child begin at 0',
  {
    id: 'fork/times',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: tms values are set to 0',
    expect: 'less than its parent',
  },
  () => {
    // Until the parent has a time to compare with: a tick of the clock.
    let [user, system] = times();
    while (user + system === 0) [user, system] = times();
    const [childUser, childSystem, ofChildren, systemOfChildren] = inChild(() => times());
    return allOf(
      childUser + childSystem < user + system ? 'less than its parent' : 'inherited',
      'times() in both',
      { 'none of children': ofChildren + systemOfChildren === 0 },
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The CPU-time clock of the child begins at 0',
  { id: 'fork/cpu-clock', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'less than its parent' },
  () => {
    const busy = processCpuNs() + 3_000_000n;
    while (processCpuNs() < busy);
    const seen = BigInt(inChild(() => String(processCpuNs())));
    return either(
      seen < processCpuNs(),
      'less than its parent',
      'inherited',
      'clock_gettime(CLOCK_PROCESS_CPUTIME_ID) in both',
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'An alarm of the parent is not set in the child',
  {
    id: 'fork/alarm',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    rows: ['K-FORK-2'],
    expect: 'cleared',
    supports: ['armed-alarm'],
  },
  () => {
    alarm(1000);
    const seen = inChild(() => alarm(0));
    return allOf(seen === 0 ? 'cleared' : 'inherited', `alarm(0) in the child: ${seen}`, {
      'the parent keeps it': alarm(0) > 0,
    });
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'An interval timer of the parent is not set in the child',
  {
    id: 'fork/interval-timer',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    rows: ['K-FORK-2'],
    expect: 'cleared',
    supports: ['armed-alarm'],
  },
  () => {
    must('setitimer', setTimer(ITIMER_REAL, 1_000_000));
    const seen = inChild(() => timerLeftMs(ITIMER_REAL));
    return allOf(seen === 0 ? 'cleared' : 'inherited', 'getitimer() in the child', {
      'the parent keeps it': timerLeftMs(ITIMER_REAL) > 0,
    });
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'A timer made by timer_create() does not exist in the child',
  { id: 'fork/timers', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'EINVAL' },
  () => {
    const { timer } = timerCreate();
    return answered(
      'timer_gettime() in the child',
      inChild(() => timerExists(timer)),
      { 'the parent keeps it': timerExists(timer).errno === null },
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION: semadj values are cleared
promise(
  'Adjustments of semaphores are not inherited',
  {
    id: 'fork/semadj',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: semadj values are cleared',
    expect: 'cleared',
  },
  () => {
    const id = must('semget', semaphore());
    must('semop', semaphoreAddUndo(id, 3));
    start(() => {}).ended();
    const { value } = semaphoreValue(id);
    semaphoreRemove(id);
    return either(value === 3, 'cleared', 'inherited', `value ${value} after the child ended`);
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'Record locks are not inherited',
  {
    id: 'fork/record-locks',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    rows: ['K-FORK-3'],
    expect: 'not inherited',
    supports: ['inherited-lock', 'pidfile'],
  },
  ({ scratch }) => {
    const fd = lockedFile(scratch());
    const holder = inChild(() => lock(fd, F_GETLK, F_WRLCK).holder);
    return either(holder === getpid(), 'not inherited', 'inherited', `in the child, F_GETLK finds ${holder}`);
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The child begins without pending signals',
  {
    id: 'fork/pending',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    rows: ['K-FORK-1'],
    expect: 'nothing',
    supports: ['pending-signals'],
  },
  () => {
    block('SIGUSR1');
    send(getpid(), 'SIGUSR1');
    const seen = inChild(() => pending());
    return allOf(seen, 'pending in the child', { 'the parent keeps it': pending() === 'SIGUSR1' });
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The child shares open semaphores',
  { id: 'fork/semaphores', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'shared' },
  () => {
    const shared = mapMemory(4096, MAP_SHARED);
    if (shared === null) throw new Error('mmap() failed');
    must('sem_init', semInit(shared));
    inChild(() => void semPost(shared));
    return either(
      semTryWait(shared).errno === null,
      'shared',
      'separate',
      'sem_trywait() after the child posted',
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'Memory locks are not inherited',
  { id: 'fork/memory-locks', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: '0 kB' },
  () => {
    const memory = mapMemory(4096, MAP_PRIVATE);
    if (memory === null) throw new Error('mmap() failed');
    const locked = mlock(memory);
    if (locked.errno !== null) return unsupported(`mlock(): ${locked.errno}`);
    return allOf(
      inChild(() => fieldOf(statusOf(getpid()), 'VmLck')),
      'VmLck of the child',
      { 'the parent keeps it': fieldOf(statusOf(getpid()), 'VmLck') !== '0 kB' },
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'A private mapping is copied, a shared one is shared',
  { id: 'fork/mappings', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'copied and shared' },
  () => {
    const [own, shared] = [mapMemory(4096, MAP_PRIVATE), mapMemory(4096, MAP_SHARED)];
    if (own === null || shared === null) throw new Error('mmap() failed');
    inChild(() => {
      own.bytes[0] = 1;
      shared.bytes[0] = 1;
    });
    return either(
      own.bytes[0] === 0 && shared.bytes[0] === 1,
      'copied and shared',
      'something else',
      `private ${own.bytes[0]}, shared ${shared.bytes[0]} after the child wrote 1`,
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The child inherits scheduling policy and priority',
  {
    id: 'fork/scheduling',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    needs: 'root',
    expect: 'inherited',
  },
  () => {
    const set = setScheduler(SCHED_RR, 1);
    if (set.errno !== null) return unsupported(`sched_setscheduler(SCHED_RR): ${set.errno}`);
    const { policy, priority } = inChild(() => scheduler());
    return either(
      policy === SCHED_RR && priority === 1,
      'inherited',
      'not inherited',
      `policy ${policy}, priority ${priority} in the child`,
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The child shares open message queues',
  { id: 'fork/message-queues', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'shared' },
  () => {
    const queue = freshQueue(`/daemon-conformance-${getpid()}`);
    if (queue.errno !== null) return unsupported(`mq_open(): ${queue.errno}`);
    inChild(() => void mqSend(queue.value, 'text'));
    return either(
      mqReceive(queue.value).text === 'text',
      'shared',
      'separate',
      'mq_receive() after the child sent',
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'Asynchronous reads of the parent are not inherited',
  { id: 'fork/asynchronous-input', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'not inherited' },
  () => {
    const pipe = pipe2(platform.O_CLOEXEC);
    const operation = aioRead(pipe.read, 4);
    if (operation.errno !== null) return unsupported(`aio_read(): ${operation.errno}`);
    const [written, done] = [gate(), gate()];
    const child = start(() => {
      write(pipe.write, Buffer.from('text'));
      written.open();
      done.pass();
      return operation.into.toString('latin1').replaceAll('\0', '');
    });
    written.pass();
    aioWait(operation);
    done.open();
    const seen = child.result();
    return allOf(
      seen === '' ? 'not inherited' : 'inherited',
      `the child's copy holds ${JSON.stringify(seen)}`,
      { 'the parent got it': operation.into.toString('latin1') === 'text' },
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'Of several threads the child has only the one that called fork()',
  { id: 'fork/threads', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', rows: ['K-FORK-9'], expect: '1' },
  () => {
    const before = Number(fieldOf(statusOf(getpid()), 'Threads'));
    startThreads();
    const parent = Number(fieldOf(statusOf(getpid()), 'Threads'));
    if (parent <= before) return unsupported(`no thread could be started, there are ${parent}`);
    return saw(
      inChild(() => fieldOf(statusOf(getpid()), 'Threads')),
      `threads in the child; the parent has ${parent}`,
    );
  },
);

// POSIX.1-2024 XSH fork(), ERRORS [EAGAIN]
promise(
  'fork() fails with EAGAIN at the limit of processes',
  { id: 'fork/limit', clause: 'POSIX.1-2024 XSH fork(), ERRORS [EAGAIN]', expect: 'EAGAIN' },
  () => {
    dropPrivileges();
    must('setrlimit', setrlimit(RLIMIT_NPROC, { soft: 0n, hard: 0n }));
    return answered('fork()', fork());
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION; XBD 11.1.3
promise(
  'The child inherits session, process group and controlling terminal',
  {
    id: 'fork/session',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION; XBD 11.1.3',
    expect: 'inherited',
    supports: ['session', 'process-group', 'controlling-terminal'],
  },
  () => {
    leadSessionOn(freshTerminal());
    const child = inChild(() => ({ session: getsid(0).value, group: getpgrp(), terminal: hasTerminal() }));
    return either(
      child.session === getpid() && child.group === getpid() && child.terminal,
      'inherited',
      'not inherited',
      JSON.stringify(child),
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION: a copy
promise(
  'The child inherits signal mask and dispositions',
  {
    id: 'fork/signals',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: a copy',
    expect: 'inherited',
    supports: ['signal-mask', 'ignored-signals'],
  },
  () => {
    block('SIGUSR1');
    ignore('SIGHUP');
    catchQuietly('SIGTERM');
    const child = inChild(() => ({
      blocked: blocked(),
      hup: disposition(numberOf('SIGHUP')).handler,
      term: disposition(numberOf('SIGTERM')).handler,
    }));
    return either(
      child.blocked === 'SIGUSR1' && child.hup === SIG_IGN && child.term === harmlessHandler,
      'inherited',
      'not inherited',
      `blocked ${child.blocked}`,
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION: a copy
promise(
  'The child inherits file mode creation mask, working directory and limits',
  {
    id: 'fork/surroundings',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: a copy',
    expect: 'inherited',
    supports: ['inherited-file-mode-creation-mask', 'working-directory', 'resource-limits'],
  },
  () => {
    umask(0o137);
    must('chdir', chdir('/tmp'));
    const { hard } = getrlimit(platform.RLIMIT_NOFILE);
    must('setrlimit', setrlimit(platform.RLIMIT_NOFILE, { soft: 300n, hard }));
    const child = inChild(() => ({
      mask: umask(0),
      directory: getcwd(100).path,
      soft: Number(getrlimit(platform.RLIMIT_NOFILE).soft),
    }));
    return either(
      child.mask === 0o137 && child.directory === '/tmp' && child.soft === 300,
      'inherited',
      'not inherited',
      JSON.stringify(child),
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION: FD_CLOFORK, Issue 8
promise(
  'A descriptor with FD_CLOFORK is closed in the child',
  {
    id: 'fork/clofork',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: FD_CLOFORK, Issue 8',
    rows: ['K-FORK-10'],
    expect: { linux: 'unsupported' },
    supports: ['inherited-descriptors'],
  },
  () => {
    const fd = must('dup', dup(0));
    fcntl(fd, F_SETFD, FD_CLOFORK);
    // Linux accepts the unknown bit and drops it: only reading it back tells.
    if ((fcntl(fd, F_GETFD, 0).value & FD_CLOFORK) === 0)
      return unsupported('F_SETFD accepts FD_CLOFORK and drops it');
    return saw(inChild(() => isOpen(fd)) ? 'open' : 'closed', 'descriptor in the child');
  },
);

// PR_SET_PDEATHSIG(2const)
promise(
  'The parent-death signal is cleared in the child',
  {
    id: 'fork/parent-death-signal',
    clause: 'PR_SET_PDEATHSIG(2const)',
    rows: ['K-FORK-8'],
    expect: { linux: 'cleared', freebsd: 'cleared' },
  },
  () => {
    must('prctl', prctl(PR_SET_PDEATHSIG, numberOf('SIGTERM')));
    const child = inChild(() => prctlRead(PR_GET_PDEATHSIG));
    return allOf(child === 0 ? 'cleared' : 'inherited', `PR_GET_PDEATHSIG in the child: ${child}`, {
      'the parent keeps it': prctlRead(PR_GET_PDEATHSIG) === numberOf('SIGTERM'),
    });
  },
);

// POSIX.1-2024 XSH exit(), and fork(), RATIONALE
libcPromise(
  'exit() after fork() writes a shared stdio buffer twice',
  {
    id: 'fork/stdio-exit',
    clause: 'POSIX.1-2024 XSH exit(), and fork(), RATIONALE',
    rows: ['K-FORK-11'],
    expect: 'twice',
    supports: ['terminal-output', 'captured-output'],
  },
  (program, { scratch }) => bufferAfterFork(program, scratch(), 'exit'),
);

// POSIX.1-2024 XSH _Exit(), DESCRIPTION: open streams are not flushed
libcPromise(
  '_exit() after fork() leaves a shared stdio buffer to the other process',
  {
    id: 'fork/stdio-_exit',
    clause: 'POSIX.1-2024 XSH _Exit(), DESCRIPTION: open streams are not flushed',
    rows: ['K-FORK-11'],
    expect: 'once',
    supports: ['terminal-output', 'captured-output'],
  },
  (program, { scratch }) => bufferAfterFork(program, scratch(), '_exit'),
);

// POSIX.1-2024 XSH _Fork(), Issue 8
libcPromise(
  '_Fork() creates a process as fork() does',
  { id: 'fork/_Fork', clause: 'POSIX.1-2024 XSH _Fork(), Issue 8', expect: 'new process' },
  (program) => {
    if (!program.has('_Fork')) return unsupported('the C library has no _Fork()');
    program.send('_Fork');
    const values = [program.answer()?.value, program.answer()?.value];
    program.end();
    return either(
      values.includes(0) && values.some((value) => value !== undefined && value > 0),
      'new process',
      'something else',
      `returned ${values.join(' and ')}`,
    );
  },
);
