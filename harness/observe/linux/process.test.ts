import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../suites/pace/eventually.ts';
import {
  isUnreadable,
  type Observation,
  type ProcessFacts,
  type Surroundings,
  unreadable,
} from '../../facts/process.ts';
import { pidfdGetfd, pidfdOpen } from '../../libc/linux/sys-pidfd.ts';
import { close } from '../../libc/unistd.ts';
import { descendantsOf } from './descendants.ts';
import { limitRows } from './proc-pid-limits.ts';
import { identityOf, observeProcess } from './process.ts';
import { reading, textOf } from './reading.ts';
import { armedAlarmIn } from './timer-list.ts';

const alone: Surroundings = { subreaper: null, planted: new Map(), environmentMarker: null };
const isRoot = process.getuid?.() === 0;

/** Starts a program and ends it, with what it started, when the test ends. */
function start(command: string, args: readonly string[], options: SpawnOptions = {}): number {
  const child = spawn(command, args, { stdio: 'ignore', ...options });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} did not start`);
  onTestFinished(() => {
    const below = descendantsOf(pid);
    child.kill('SIGKILL');
    for (const one of below) end(one);
  });
  return pid;
}

/** pidfd_getfd(2): Linux 5.6, where no filter of system calls refuses it. */
function mayAskSockets(): boolean {
  const own = pidfdOpen(process.pid, 0).value;
  const { value, errno } = pidfdGetfd(own, own);
  if (errno === null) close(value);
  close(own);
  return errno === null;
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with its parent.
  }
}

function directory(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'process-')));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function seen(pid: number, surroundings: Surroundings = alone): Observation {
  const observation = observeProcess(pid, surroundings);
  if ('gone' in observation) throw new Error(`process ${pid} is gone`);
  return observation;
}

/** A whole observation for which `holds`. */
function settled(
  pid: number,
  holds: (facts: ProcessFacts) => boolean,
  surroundings = alone,
): Promise<ProcessFacts> {
  return eventually(() => {
    const { facts, whole } = seen(pid, surroundings);
    if (!whole || !holds(facts)) throw new Error(`process ${pid} has not settled: ${JSON.stringify(facts)}`);
    return facts;
  });
}

const sleeps = ({ commandName, state }: ProcessFacts) => commandName === 'sleep' && state === 'S';

test('every fact of a process that sleeps', async () => {
  const cwd = directory();
  const pid = start('sleep', ['60'], {
    cwd,
    env: { PATH: process.env.PATH, TERM: 'dumb', SSH_TTY: '/dev/pts/9', MARKER: 'planted' },
  });
  const facts = await settled(pid, sleeps, {
    subreaper: process.pid,
    planted: new Map(),
    environmentMarker: 'MARKER=planted',
  });
  const own = seen(process.pid).facts;
  const inherited = isUnreadable(facts.descriptors) ? [] : facts.descriptors.filter(({ fd }) => fd > 2);
  expect(facts).toEqual({
    pid,
    parent: { pid: process.pid, role: 'subreaper' },
    processGroup: own.processGroup,
    session: own.session,
    terminal: own.terminal,
    foregroundProcessGroup: own.foregroundProcessGroup,
    fileModeCreationMask: process.umask().toString(8).padStart(4, '0'),
    workingDirectory: cwd,
    workingDirectoryRemoved: false,
    rootDirectory: '/',
    executable: expect.stringMatching(/^\//),
    commandName: 'sleep',
    commandLine: ['sleep', '60'],
    state: 'S',
    startTime: identityOf(pid),
    threads: 1,
    threadFacts: [
      {
        tid: pid,
        blocked: [],
        fileModeCreationMask: own.fileModeCreationMask,
        workingDirectory: cwd,
      },
    ],
    descriptors: [
      { ...nullDevice, fd: 0, access: 'read' },
      { ...nullDevice, fd: 1 },
      { ...nullDevice, fd: 2 },
      ...inherited,
    ],
    signals: { blocked: [], ignored: expect.any(Array), caught: [], pending: [] },
    userIds: own.userIds,
    groupIds: own.groupIds,
    supplementaryGroups: own.supplementaryGroups,
    nice: own.nice,
    oomScoreAdjustment: own.oomScoreAdjustment,
    limits: expect.objectContaining({ nofile: { soft: expect.anything(), hard: expect.anything() } }),
    capabilities: own.capabilities,
    environmentMarker: true,
    sessionVariables: ['TERM', 'SSH_TTY'],
    waiting: 'with-timeout',
  });
  expect(Object.keys(facts.limits)).toEqual(Object.keys(limitRows));
});

const nullDevice = {
  target: '/dev/null',
  kind: 'null-device',
  access: 'read-write',
  device: '1:3',
  identity: expect.stringMatching(/^\d+:\d+$/),
  deleted: false,
  closeOnExec: false,
  planted: null,
};

test('a foreground job knows its controlling terminal', async () => {
  const parent = start('script', ['-qc', 'exec sleep 60', '/dev/null']);
  const pid = await eventually(() => {
    const found = descendantsOf(parent).find((one) => seen(one).facts.commandName === 'sleep');
    if (found === undefined) throw new Error('no sleep yet');
    return found;
  });
  const { terminal, foregroundProcessGroup, processGroup, session } = await settled(pid, sleeps);
  expect(terminal).toEqual({
    device: expect.stringMatching(/^136:\d+$/),
    name: expect.stringMatching(/^\/dev\/pts\/\d+$/),
  });
  expect([foregroundProcessGroup, processGroup, session]).toEqual([pid, pid, pid]);
});

describe('a process that is not there', () => {
  test('is gone and has no identity', () => {
    const { pid } = spawnSync('true');
    expect(observeProcess(pid, alone)).toEqual({ gone: true, pid });
    expect(identityOf(pid)).toBeNull();
  });

  test.each([0, -1, 1.5, Number.NaN])('%d names no process', (pid) => {
    expect(() => observeProcess(pid, alone)).toThrow(RangeError);
  });
});

test('a zombie keeps its IDs and signals, and has no files', async () => {
  const parent = start('sh', ['-c', 'sleep 0 & exec sleep 60']);
  await settled(parent, sleeps);
  const [pid = 0] = descendantsOf(parent);
  const facts = await settled(pid, ({ state }) => state === 'Z');
  const reason = unreadable(`process ${pid} is a zombie`);
  expect(facts).toMatchObject({
    parent: { pid: parent, role: 'other' },
    commandName: 'sleep',
    threads: 1,
    waiting: 'no',
    signals: { blocked: [], pending: [] },
    fileModeCreationMask: unreadable(`no Umask in /proc/${pid}/status (zombie)`),
    threadFacts: [{ tid: pid, blocked: [], fileModeCreationMask: null, workingDirectory: null }],
  });
  const names = Object.entries(facts).flatMap(([name, fact]) => (isUnreadable(fact) ? [name] : []));
  expect(names).toEqual([
    'fileModeCreationMask',
    'workingDirectory',
    'workingDirectoryRemoved',
    'rootDirectory',
    'executable',
    'commandLine',
    'descriptors',
    'environmentMarker',
    'sessionVariables',
  ]);
  expect(facts.descriptors).toEqual(reason);
});

test('a stopped process does not wait', async () => {
  const pid = start('sleep', ['60']);
  await settled(pid, sleeps);
  process.kill(pid, 'SIGSTOP');
  expect(await settled(pid, ({ state }) => state === 'T')).toMatchObject({ waiting: 'no' });
});

describe('a working directory', () => {
  test('that was removed is named without the mark of the kernel', async () => {
    const cwd = join(directory(), 'gone');
    mkdirSync(cwd);
    const pid = start('sleep', ['60'], { cwd });
    await settled(pid, sleeps);
    rmdirSync(cwd);
    expect(seen(pid).facts).toMatchObject({ workingDirectory: cwd, workingDirectoryRemoved: true });
  });

  test('whose name ends as that mark does keeps its name, removed or not', async () => {
    const cwd = join(directory(), 'x (deleted)');
    mkdirSync(cwd);
    const pid = start('sleep', ['60'], { cwd });
    await settled(pid, sleeps);
    expect(seen(pid).facts).toMatchObject({ workingDirectory: cwd, workingDirectoryRemoved: false });
    rmdirSync(cwd);
    expect(seen(pid).facts).toMatchObject({ workingDirectory: cwd, workingDirectoryRemoved: true });
  });

  test('may have a name that is not UTF-8', async () => {
    const parent = directory();
    const cwd = Buffer.concat([Buffer.from(`${parent}/`), Buffer.from([0xff, 0x0a, 0x61])]);
    mkdirSync(cwd);
    const pid = start('sh', ['-c', `cd "$(printf '\\377\\na')" && exec sleep 60`], { cwd: parent });
    await settled(pid, sleeps);
    expect(seen(pid).facts).toMatchObject({ workingDirectory: `${parent}/\ufffd\na` });
  });
});

test('a command name may hold a newline and parentheses', async () => {
  const program = join(directory(), 'a) b\n(c');
  writeFileSync(program, '#!/bin/sh\nread line\n');
  chmodSync(program, 0o755);
  const pid = start(program, [], { stdio: ['pipe', 'ignore', 'ignore'] });
  const facts = await settled(pid, ({ commandName, state }) => commandName !== 'sh' && state === 'S');
  expect(facts.commandName).toBe('a) b\n(c');
});

describe('how a process waits', () => {
  const wait = async (command: string, args: readonly string[], name: string): Promise<unknown> => {
    const pid = start(command, args);
    const facts = await settled(pid, ({ commandName, state }) => commandName === name && state === 'S');
    return facts.waiting;
  };

  test('sleep 60 has a timeout', async () => {
    expect(await wait('sleep', ['60'], 'sleep')).toBe('with-timeout');
  });

  test('a shell that waits for its child has none', async () => {
    expect(await wait('sh', ['-c', 'sleep 60; true'], 'sh')).toBe('without-timeout');
  });

  test('a read from a pipe has none', async () => {
    const parent = start('sh', ['-c', 'sleep 60 | cat']);
    const pid = await eventually(() => {
      const found = descendantsOf(parent).find((one) => seen(one).facts.commandName === 'cat');
      if (found === undefined) throw new Error('no cat yet');
      return found;
    });
    expect((await settled(pid, ({ state }) => state === 'S')).waiting).toBe('without-timeout');
  });

  test.skipIf(!existsSync('/usr/bin/perl'))('select(2) without a timeout has none (needs perl)', async () => {
    expect(await wait('perl', ['-e', 'select(undef, undef, undef, undef)'], 'perl')).toBe('without-timeout');
  });

  test.skipIf(!existsSync('/usr/bin/perl'))('an alarm that is caught may end it (needs perl)', async () => {
    const program = '$SIG{ALRM} = sub {}; alarm 60; select(undef, undef, undef, undef)';
    expect(await wait('perl', ['-e', program], 'perl')).toBe('unless-alarm');
  });

  const listening =
    'use Socket; socket(my $s, PF_INET, SOCK_STREAM, 0); bind($s, sockaddr_in(0, INADDR_LOOPBACK)); listen($s, 1);';
  const limit = 'setsockopt($s, SOL_SOCKET, SO_RCVTIMEO, pack("q q", 60, 0));';
  const connected = `${listening} socket(my $c, PF_INET, SOCK_STREAM, 0); connect($c, getsockname($s));`;
  const datagrams =
    'use Socket; socket(my $s, PF_INET, SOCK_DGRAM, 0); bind($s, sockaddr_in(0, INADDR_LOOPBACK));';
  const pair = 'use Socket; socketpair(my $s, my $p, AF_UNIX, SOCK_STREAM, 0);';
  test.skipIf(!existsSync('/usr/bin/perl') || !mayAskSockets()).each([
    ['accept(2)', `${listening} accept(my $c, $s)`, 'without-timeout'],
    ['accept(2) with SO_RCVTIMEO', `${listening} ${limit} accept(my $c, $s)`, 'with-timeout'],
    ['recv(2) of a datagram', `${datagrams} recv($s, my $b, 10, 0)`, 'without-timeout'],
    [
      'recv(2) of a datagram with SO_RCVTIMEO',
      `${datagrams} ${limit} recv($s, my $b, 10, 0)`,
      'with-timeout',
    ],
    ['read(2) from a pair of sockets', `${pair} sysread($s, my $b, 10)`, 'without-timeout'],
    ['read(2) from a connection', `${connected} sysread($c, my $b, 10)`, 'with-timeout'],
  ])('%s (needs perl, and pidfd_getfd(2))', async (_, program, expected) => {
    expect(await wait('perl', ['-e', program], 'perl')).toBe(expected);
  });

  const list = reading('/proc/timer_list', textOf);
  const isListed = !isUnreadable(list) && armedAlarmIn(list) !== null && existsSync('/usr/bin/perl');
  test.skipIf(!isListed)('an alarm that nobody has set ends none (needs perl and root)', async () => {
    const program = '$SIG{ALRM} = sub {}; select(undef, undef, undef, undef)';
    const pid = start('perl', ['-e', program]);
    // Other tests set alarms too.
    await settled(pid, ({ commandName, waiting }) => commandName === 'perl' && waiting === 'without-timeout');
  });
});

describe('a process of several threads', () => {
  test('is observed with each of them', async () => {
    const pid = start(process.execPath, ['-e', 'setInterval(() => {}, 2 ** 30)']);
    // All at rest: while it starts, any of them may run although the main thread sleeps.
    const facts = await settled(
      pid,
      ({ threads, waiting }) => !isUnreadable(threads) && threads > 4 && waiting === 'with-timeout',
    );
    expect(facts.threadFacts).toHaveLength(facts.threads as number);
    const [main] = isUnreadable(facts.threadFacts) ? [] : facts.threadFacts;
    expect(main).toEqual({
      tid: pid,
      blocked: [],
      fileModeCreationMask: facts.fileModeCreationMask,
      workingDirectory: facts.workingDirectory,
    });
  });

  const sysExit = { x64: 60, arm64: 93 }[process.arch as string];
  test.skipIf(sysExit === undefined)(
    'keeps its files when the main thread ends (needs x64 or arm64)',
    async () => {
      const program = `
      const { load } = require('koffi');
      load(null).func('long syscall(long, ...)')(${sysExit}, 'int', 0);`;
      const pid = start(process.execPath, ['-e', program], { cwd: resolve('.') });
      const facts = await settled(pid, ({ state }) => state === 'Z');
      expect(facts).toMatchObject({
        state: 'Z',
        workingDirectory: resolve('.'),
        executable: realpathSync(process.execPath),
        waiting: 'without-timeout',
        descriptors: expect.arrayContaining([expect.objectContaining({ fd: 0, kind: 'null-device' })]),
      });
      expect(facts.threads).toBeGreaterThan(1);
    },
  );
});

test.skipIf(!isKernelThread(2))(
  'a kernel thread has no executable and no environment (needs one as pid 2)',
  () => {
    expect(seen(2)).toMatchObject({
      whole: true,
      facts: {
        commandLine: [],
        executable: { unreadable: expect.stringMatching(/ on \/proc\/2\/exe \(kernel thread\)$/) },
        sessionVariables: { unreadable: expect.stringMatching(/ on \/proc\/2\/environ \(kernel thread\)$/) },
        terminal: null,
      },
    });
  },
);

function isKernelThread(pid: number): boolean {
  // Field 9, flags: PF_KTHREAD
  return (
    existsSync(`/proc/${pid}`) &&
    (Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[8]) & 0x200000) !== 0
  );
}

const foreign = isRoot || statSync('/proc/1').uid !== process.getuid?.();

test.skipIf(!foreign)('of another user’s process all that is public is read (needs one as pid 1)', () => {
  const observation = asNobody(() => seen(1));
  const refused = Object.entries(observation.facts).flatMap(([name, fact]) =>
    isUnreadable(fact) ? [`${name}: ${fact.unreadable}`] : [],
  );
  // Of many threads the first refusal, of one its file; one that runs at this moment does not wait, and that is public.
  const waiting = refused.filter((line) => line.startsWith('waiting'));
  for (const line of waiting) expect(line).toMatch(/^waiting: EACCES on \/proc\/1\/(task\/\d+\/)?syscall$/);
  if (waiting.length === 0) expect(observation.facts.waiting).toBe('no');
  expect(refused.filter((line) => !waiting.includes(line))).toEqual([
    'workingDirectory: EACCES on /proc/1/cwd',
    'workingDirectoryRemoved: EACCES on /proc/1/cwd',
    'rootDirectory: EACCES on /proc/1/root',
    'executable: EACCES on /proc/1/exe',
    'descriptors: EACCES on /proc/1/fd',
    'environmentMarker: EACCES on /proc/1/environ',
    'sessionVariables: EACCES on /proc/1/environ',
  ]);
});

/** As root, with the effective user ID of nobody; without an await in between, nothing else can run under it. */
function asNobody<T>(observe: () => T): T {
  if (!isRoot) return observe();
  process.seteuid?.(65_534);
  try {
    return observe();
  } finally {
    process.seteuid?.(0);
  }
}

const namespaces = isRoot && spawnSync('unshare', ['-m', 'true']).status === 0;

describe.skipIf(!namespaces)('where /proc is mounted with hidepid (needs root, unshare and setpriv)', () => {
  // The observer has to run in a mount namespace of its own, as JavaScript that node itself can load.
  const observe = (hidepid: number, pid: number): unknown => {
    const out = directory();
    chmodSync(out, 0o755);
    const config = {
      extends: resolve('tsconfig.build.json'),
      compilerOptions: { outDir: out, rootDir: resolve('.'), typeRoots: [resolve('node_modules/@types')] },
      files: [resolve('harness/observe/linux/process.ts')],
      include: [],
    };
    writeFileSync(join(out, 'tsconfig.json'), JSON.stringify(config));
    expect(spawnSync(resolve('node_modules/.bin/tsc'), ['-p', out], { encoding: 'utf8' }).stdout).toBe('');
    const observer = join(out, 'harness/observe/linux/process.js');
    const program = `
      const { observeProcess } = require(${JSON.stringify(observer)});
      const alone = { subreaper: null, planted: new Map(), environmentMarker: null };
      process.stdout.write(JSON.stringify(observeProcess(${pid}, alone)));`;
    const script = `mount -t proc -o hidepid=${hidepid} proc /proc || exit 9
      exec setpriv --reuid 65534 --regid 65534 --clear-groups "$0" -e "$1"`;
    const ran = spawnSync('unshare', ['-m', 'sh', '-c', script, process.execPath, program], {
      encoding: 'utf8',
    });
    expect(ran.stderr).toBe('');
    return JSON.parse(ran.stdout);
  };
  const reasons = (observation: unknown): readonly string[] => {
    const { pid: _, ...facts } = (observation as Observation).facts;
    return [...new Set(Object.values(facts).map((fact) => (isUnreadable(fact) ? fact.unreadable : 'read')))];
  };

  test('2, a hidden process is not gone', () => {
    const observation = observe(2, 1);
    expect(observation).toMatchObject({ whole: false });
    expect(reasons(observation)).toEqual([
      'ENOENT on /proc/1/stat although process 1 exists: /proc is mounted with hidepid, or not at all',
    ]);
  });

  test('2, an ended process is gone', () => {
    const { pid } = spawnSync('true');
    expect(observe(2, pid)).toEqual({ gone: true, pid });
  });

  test('1, a process that may be seen and not read is not gone', () => {
    expect(reasons(observe(1, 1))).toEqual(['EPERM on /proc/1/stat, as /proc mounted with hidepid answers']);
  });
});
