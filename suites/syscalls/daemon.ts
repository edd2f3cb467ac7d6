import { constants, readFileSync, writeFileSync } from 'node:fs';
import { F_DUPFD, O_RDWR } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { SIG_IGN } from '../../harness/libc/signal.ts';
import { mkdir } from '../../harness/libc/sys-stat.ts';
import { getsid } from '../../harness/libc/unistd.ts';
import { libcPromise, type Sighting } from './run/promise.ts';
import { either, saw, unsupported } from './run/seen.ts';
import { endingOf } from './scenery/child.ts';
import type { LibcProgram } from './scenery/libc-program.ts';
import { factOf, signalsOf, targetOf } from './scenery/observed.ts';
import { numberOf } from './scenery/signals.ts';

const { O_CREAT } = constants;

/** Calls daemon(); from then on the daemon answers. */
function daemonized(program: LibcProgram, nochdir = 0, noclose = 0): { readonly pid: number } {
  const { value, errno } = program.call('daemon', nochdir, noclose);
  if (value !== 0) throw new Error(`daemon(${nochdir}, ${noclose}): ${errno}`);
  return { pid: program.call('getpid').value };
}

/** daemon(0, 0) with `directory` as the root, and what it then writes to its standard output. */
function inRoot(program: LibcProgram, directory: string): Sighting {
  if (program.call('chroot', directory).value !== 0) return unsupported('chroot() is not permitted');
  program.call('chdir', '/');
  const { value, errno } = program.call('daemon', 0, 0);
  const forked = program.call('getpid').value !== program.pid;
  if (value === 0) {
    program.call('write', 1, 'output', 6);
    return saw('succeeds', 'daemon(0, 0)');
  }
  return saw(`fails with ${errno} ${forked ? 'after' : 'before'} the fork`, 'daemon(0, 0)');
}

libcPromise(
  'daemon() returns in a child, in a session of its own',
  {
    id: 'daemon/session',
    clause: 'daemon(3), DESCRIPTION',
    rows: ['K-LIBC-1'],
    expect: 'new session',
    supports: ['session', 'parent-process', 'starter-return'],
  },
  (program) => {
    const { pid } = daemonized(program);
    return either(
      pid !== program.pid && program.call('getsid', 0).value !== getsid(0).value,
      'new session',
      'the old session',
      `daemon ${pid === program.pid ? 'is' : 'is not'} the process that called`,
    );
  },
);

libcPromise(
  'Whether daemon() leaves a session leader',
  {
    id: 'daemon/leader',
    clause: 'daemon(3), NOTES and BUGS: one fork or two',
    rows: ['K-LIBC-1'],
    implementationDefined: true,
    expect: {
      glibc: 'one fork, session leader',
      musl: 'two forks, no leader',
      freebsd: 'one fork, session leader',
      openbsd: 'one fork, session leader',
      netbsd: 'one fork, session leader',
      darwin: 'one fork, session leader',
    },
    supports: ['session-leader'],
  },
  (program) => {
    const { pid } = daemonized(program);
    return either(
      program.call('getsid', 0).value === pid,
      'one fork, session leader',
      'two forks, no leader',
      'getsid(0) and getpid() of the daemon',
    );
  },
);

libcPromise(
  'The process that called daemon() exits with 0',
  {
    id: 'daemon/starter',
    clause: 'daemon(3), DESCRIPTION',
    rows: ['K-LIBC-1'],
    expect: 'exited with 0',
    supports: ['starter-exit-status', 'starter-return'],
  },
  (program) => {
    daemonized(program);
    return saw(endingOf(program.pid), 'end of the process that called');
  },
);

libcPromise(
  'daemon(0, 0) puts the null device on 0, 1 and 2',
  {
    id: 'daemon/streams',
    clause: 'daemon(3), DESCRIPTION',
    rows: ['K-LIBC-1'],
    expect: '/dev/null, /dev/null, /dev/null',
    supports: ['standard-streams'],
  },
  (program, { scratch }) => {
    const file = program.call('open', `${scratch()}/file`, O_RDWR | O_CREAT, 0o600).value;
    for (const fd of [0, 1, 2]) program.call('dup2', file, fd);
    const { pid } = daemonized(program);
    return saw([0, 1, 2].map((fd) => targetOf(pid, fd)).join(', '), 'descriptors of the daemon');
  },
);

libcPromise(
  'daemon(0, 1) leaves 0, 1 and 2 as they are',
  {
    id: 'daemon/noclose',
    clause: 'daemon(3), noclose',
    rows: ['K-LIBC-1'],
    expect: 'unchanged',
    supports: ['standard-streams'],
  },
  (program, { scratch }) => {
    const path = `${scratch()}/file`;
    const file = program.call('open', path, O_RDWR | O_CREAT, 0o600).value;
    for (const fd of [0, 1, 2]) program.call('dup2', file, fd);
    const { pid } = daemonized(program, 0, 1);
    return saw(
      [0, 1, 2].every((fd) => targetOf(pid, fd) === path) ? 'unchanged' : 'replaced',
      'descriptors of the daemon',
    );
  },
);

libcPromise(
  'daemon(0, 0) goes to the root directory',
  {
    id: 'daemon/directory',
    clause: 'daemon(3), DESCRIPTION',
    rows: ['K-LIBC-1'],
    expect: '/',
    supports: ['working-directory'],
  },
  (program) => {
    program.call('chdir', '/tmp');
    const { pid } = daemonized(program);
    return saw(factOf(pid, 'workingDirectory'), 'directory of the daemon');
  },
);

libcPromise(
  'daemon(1, 0) stays where it is',
  {
    id: 'daemon/nochdir',
    clause: 'daemon(3), nochdir',
    rows: ['K-LIBC-1'],
    expect: '/tmp',
    supports: ['working-directory'],
  },
  (program) => {
    program.call('chdir', '/tmp');
    const { pid } = daemonized(program, 1, 0);
    return saw(factOf(pid, 'workingDirectory'), 'directory of the daemon');
  },
);

libcPromise(
  'daemon() leaves the file mode creation mask as it is',
  {
    id: 'daemon/mask',
    clause: 'daemon(3), which does not speak of it',
    rows: ['K-LIBC-2'],
    expect: '0137',
    supports: ['file-mode-creation-mask', 'inherited-file-mode-creation-mask'],
  },
  (program) => {
    program.call('umask', 0o137);
    const { pid } = daemonized(program);
    return saw(factOf(pid, 'fileModeCreationMask'), 'mask of the daemon');
  },
);

libcPromise(
  'daemon() leaves signal mask and dispositions as they are',
  {
    id: 'daemon/signals',
    clause: 'daemon(3), which does not speak of them',
    rows: ['K-LIBC-2'],
    expect: 'blocked SIGTERM, ignored SIGHUP SIGUSR1',
    supports: ['signal-mask', 'ignored-signals', 'sighup-disposition'],
  },
  (program) => {
    const set = Buffer.alloc(128);
    set.writeUInt32LE(1 << (numberOf('SIGTERM') - 1), 0);
    program.call('sigprocmask', platform.SIG_BLOCK, set, 0);
    for (const name of ['SIGHUP', 'SIGUSR1'] as const) program.call('signal', numberOf(name), SIG_IGN);
    const { pid } = daemonized(program);
    return saw(
      `blocked ${signalsOf(pid, 'blocked')}, ignored ${signalsOf(pid, 'ignored')}`,
      'signals of the daemon',
    );
  },
);

libcPromise(
  'daemon() leaves descriptors from 3 on open',
  {
    id: 'daemon/descriptors',
    clause: 'daemon(3), which does not speak of them',
    rows: ['K-LIBC-2'],
    expect: 'open',
    supports: ['inherited-descriptors', 'inherited-lock'],
  },
  (program) => {
    program.call('fcntl', 0, F_DUPFD, 20);
    const { pid } = daemonized(program);
    return saw(targetOf(pid, 20) === 'closed' ? 'closed' : 'open', 'descriptor 20 of the daemon');
  },
);

libcPromise(
  'daemon() leaves no descriptor of its own open',
  {
    id: 'daemon/leak',
    clause: 'daemon(3): /dev/null is closed again if it is above 2',
    expect: 'none',
    supports: ['inherited-descriptors'],
  },
  (program) => {
    const before = factOf(program.pid, 'descriptors').length;
    const { pid } = daemonized(program);
    const after = factOf(pid, 'descriptors').length;
    return saw(
      after === before ? 'none' : String(after - before),
      `${before} descriptors before, ${after} after`,
    );
  },
);

libcPromise(
  'daemon(0, 0) with 0, 1 and 2 closed',
  {
    id: 'daemon/closed-streams',
    clause: 'daemon(3), which does not speak of it',
    implementationDefined: true,
    expect: { glibc: '/dev/null, /dev/null, /dev/null', musl: '/dev/null, /dev/null, /dev/null' },
    supports: ['closed-standard-streams', 'standard-streams'],
  },
  (program) => {
    for (const fd of [0, 1, 2]) program.call('close', fd);
    const { pid } = daemonized(program);
    return saw([0, 1, 2].map((fd) => targetOf(pid, fd)).join(', '), 'descriptors of the daemon');
  },
);

libcPromise(
  'daemon(0, 0) where there is no /dev/null',
  {
    id: 'daemon/no-null-device',
    clause: 'daemon(3), RETURN VALUE, which does not say in which process',
    rows: ['K-LIBC-3'],
    needs: 'root',
    implementationDefined: true,
    expect: { glibc: 'fails with EBADF after the fork', musl: 'fails with ENOENT before the fork' },
    supports: ['start-failure', 'standard-streams'],
  },
  (program, { scratch }) => inRoot(program, scratch()),
);

libcPromise(
  'daemon(0, 0) where /dev/null is a regular file',
  {
    id: 'daemon/null-file',
    clause: 'daemon(3), NOTES: glibc checks the device',
    rows: ['K-LIBC-3'],
    needs: 'root',
    implementationDefined: true,
    expect: { glibc: 'fails with ENODEV after the fork', musl: 'succeeds, output lands in the file' },
    supports: ['start-failure', 'standard-streams'],
  },
  (program, { scratch }) => {
    const root = scratch();
    must('mkdir', mkdir(`${root}/dev`, 0o755));
    writeFileSync(`${root}/dev/null`, '', { mode: 0o666 });
    const seen = inRoot(program, root);
    return readFileSync(`${root}/dev/null`, 'latin1') === 'output' && seen.type === 'seen'
      ? saw(`${seen.kind}, output lands in the file`, seen.seen)
      : seen;
  },
);
