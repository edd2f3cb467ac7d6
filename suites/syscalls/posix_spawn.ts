import { O_RDWR } from '../../harness/libc/fcntl.ts';
import { type ErrnoName, errnoName } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { SIG_IGN } from '../../harness/libc/signal.ts';
import { getsid } from '../../harness/libc/unistd.ts';
import { libcPromise } from './run/promise.ts';
import { either, saw, unsupported } from './run/seen.ts';
import type { LibcProgram } from './scenery/libc-program.ts';
import { factOf, signalsOf } from './scenery/observed.ts';
import { numberOf } from './scenery/signals.ts';
import { freshTerminal } from './scenery/terminal.ts';

const { POSIX_SPAWN_SETSIGMASK, POSIX_SPAWN_SETSID } = platform;

interface Spawning {
  readonly flags: number;
  readonly path?: string;
  /** Path to be opened as descriptor 0 by a file action. */
  readonly open?: string;
}

/** Spawned by the program on the C library; it stays until it is ended. */
function spawned(
  program: LibcProgram,
  { flags, path = '/bin/sleep', open: input }: Spawning,
): { readonly pid: number; readonly errno: ErrnoName | null } {
  const [attributes, actions, pid] = [Buffer.alloc(512), Buffer.alloc(128), Buffer.alloc(4)];
  program.call('posix_spawnattr_init', attributes);
  program.call('posix_spawnattr_setflags', attributes, flags);
  program.call('posix_spawn_file_actions_init', actions);
  if (input !== undefined) program.call('posix_spawn_file_actions_addopen', actions, 0, input, O_RDWR, 0);
  const { value } = program.call(
    'posix_spawn',
    pid,
    path,
    actions,
    attributes,
    { list: [path, '1000'] },
    { list: [] },
  );
  return { pid: pid.readInt32LE(0), errno: value === 0 ? null : errnoName(value) };
}

libcPromise(
  'posix_spawn() with POSIX_SPAWN_SETSID makes the program leader of a new session',
  {
    id: 'posix_spawn/setsid',
    clause: 'POSIX.1-2024 XSH posix_spawnattr_setflags(), POSIX_SPAWN_SETSID, Issue 8',
    rows: ['K-SPAWN-1'],
    expect: { linux: 'new session' },
    supports: ['session'],
  },
  (program) => {
    if (POSIX_SPAWN_SETSID === null) return unsupported('no POSIX_SPAWN_SETSID here');
    const { pid, errno } = spawned(program, { flags: POSIX_SPAWN_SETSID });
    return either(
      errno === null && getsid(pid).value === pid,
      'new session',
      errno ?? 'the old session',
      `session ${getsid(pid).value} of process ${pid}`,
    );
  },
);

libcPromise(
  'A terminal opened by a file action of posix_spawn() with POSIX_SPAWN_SETSID',
  {
    id: 'posix_spawn/terminal',
    clause: 'POSIX.1-2024 XBD 11.1.3: acquisition by open() is implementation-defined',
    rows: ['K-TTY-10'],
    implementationDefined: true,
    expect: { linux: 'acquired', freebsd: 'not acquired', openbsd: 'not acquired', netbsd: 'not acquired' },
    supports: ['terminal-acquisition'],
  },
  (program) => {
    if (POSIX_SPAWN_SETSID === null) return unsupported('no POSIX_SPAWN_SETSID here');
    const { pid, errno } = spawned(program, { flags: POSIX_SPAWN_SETSID, open: freshTerminal().path });
    return saw(
      errno ?? (factOf(pid, 'terminal') === null ? 'not acquired' : 'acquired'),
      'controlling terminal of the program',
    );
  },
);

libcPromise(
  'posix_spawn() of a path that does not exist fails with ENOENT',
  {
    id: 'posix_spawn/no-such-file',
    clause: 'POSIX.1-2024 XSH posix_spawn(), RETURN VALUE and ERRORS',
    expect: 'ENOENT',
    supports: ['start-failure'],
  },
  (program) =>
    saw(spawned(program, { flags: 0, path: '/no/such/program' }).errno ?? 'succeeds', 'posix_spawn()'),
);

libcPromise(
  'posix_spawn() without attributes keeps ignored signals and the mask',
  {
    id: 'posix_spawn/signals',
    clause: 'POSIX.1-2024 XSH posix_spawn(), DESCRIPTION',
    expect: 'kept',
    supports: ['ignored-signals', 'signal-mask'],
  },
  (program) => {
    program.call('signal', numberOf('SIGUSR1'), SIG_IGN);
    const set = Buffer.alloc(128);
    set.writeUInt32LE(1 << (numberOf('SIGTERM') - 1), 0);
    program.call('sigprocmask', platform.SIG_BLOCK, set, 0);
    const { pid, errno } = spawned(program, { flags: 0 });
    if (errno !== null) return saw(errno, 'posix_spawn()');
    const [ignored, blocked] = [signalsOf(pid, 'ignored'), signalsOf(pid, 'blocked')];
    return either(
      ignored.startsWith('SIGUSR1') && blocked === 'SIGTERM',
      'kept',
      'changed',
      `ignored ${ignored}, blocked ${blocked}`,
    );
  },
);

libcPromise(
  'posix_spawn() with POSIX_SPAWN_SETSIGMASK and an empty set unblocks every signal',
  {
    id: 'posix_spawn/mask',
    clause: 'POSIX.1-2024 XSH posix_spawn(), POSIX_SPAWN_SETSIGMASK',
    expect: 'nothing',
    supports: ['signal-mask'],
  },
  (program) => {
    const set = Buffer.alloc(128);
    set.writeUInt32LE(1 << (numberOf('SIGTERM') - 1), 0);
    program.call('sigprocmask', platform.SIG_BLOCK, set, 0);
    const { pid, errno } = spawned(program, { flags: POSIX_SPAWN_SETSIGMASK });
    return saw(errno ?? signalsOf(pid, 'blocked'), 'blocked in the program');
  },
);

libcPromise(
  'What posix_spawn() does to the signals the C library keeps for itself',
  {
    id: 'posix_spawn/reserved-signals',
    clause: 'signal(7): 32 and 33 belong to the C library',
    implementationDefined: true,
    expect: { glibc: 'SIG32 SIG33', musl: 'nothing' },
    supports: ['ignored-signals'],
  },
  (program) => {
    const { pid, errno } = spawned(program, { flags: 0 });
    return saw(errno ?? signalsOf(pid, 'ignored'), 'ignored in the program');
  },
);
