import { type StdioOptions, spawn, spawnSync } from 'node:child_process';
import {
  type BigIntStats,
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../suites/pace/eventually.ts';
import { type Descriptor, isUnreadable } from '../../facts/process.ts';
import { descendantsOf } from './descendants.ts';
import { descriptorKind, type OpenDescriptors, readDescriptors } from './descriptors.ts';
import { readProcPidLimits } from './proc-pid-limits.ts';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'descriptors-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function start(command: string, args: readonly string[], stdio: StdioOptions = 'ignore'): number {
  const child = spawn(command, args, { stdio });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} did not start`);
  onTestFinished(() => {
    const below = descendantsOf(pid);
    child.kill('SIGKILL');
    for (const one of below) {
      try {
        process.kill(one, 'SIGKILL');
      } catch {
        // It has ended with its parent.
      }
    }
  });
  return pid;
}

function open(path: string, flags: number): number {
  const fd = openSync(path, flags);
  onTestFinished(() => closeSync(fd));
  return fd;
}

function read(pid: number, planted: ReadonlyMap<string, string> = new Map()): OpenDescriptors {
  const found = readDescriptors(`/proc/${pid}`, planted);
  if (isUnreadable(found)) throw new Error(found.unreadable);
  return found;
}

/** The descriptor that a program finds as its standard input. */
async function given(
  fd: number,
  planted: ReadonlyMap<string, string> = new Map(),
): Promise<Descriptor | undefined> {
  const pid = start('sleep', ['60'], [fd, 'ignore', 'ignore']);
  return eventually(() => {
    const [first] = read(pid, planted).descriptors;
    // Until exec the child still has everything of its parent.
    expect(first?.closeOnExec).toBe(false);
    return first;
  });
}

const { O_RDONLY, O_RDWR, O_WRONLY, O_CREAT, O_DIRECTORY, O_APPEND, O_NOCTTY } = constants;

const plain = {
  fd: 0,
  device: null,
  identity: expect.stringMatching(/^\d+:\d+$/),
  deleted: false,
  closeOnExec: false,
  planted: null,
};

test('the null device', async () => {
  expect(await given(open('/dev/null', O_WRONLY))).toEqual({
    ...plain,
    target: '/dev/null',
    kind: 'null-device',
    access: 'write',
    device: '1:3',
  });
});

test('a file named null is a file', async () => {
  const path = join(directory(), 'null');
  expect(await given(open(path, O_RDWR | O_CREAT))).toEqual({
    ...plain,
    target: path,
    kind: 'file',
    access: 'read-write',
  });
});

test('a file that was removed has link count 0', async () => {
  const path = join(directory(), 'null');
  const fd = open(path, O_RDWR | O_CREAT);
  unlinkSync(path);
  expect(await given(fd)).toEqual({
    ...plain,
    target: `${path} (deleted)`,
    kind: 'file',
    access: 'read-write',
    deleted: true,
  });
});

const elsewhere = mkdtempSync(join(tmpdir(), 'node-'));
const made = spawnSync('mknod', [join(elsewhere, 'zero'), 'c', '1', '3']).status === 0;
const opens = made && canOpen(join(elsewhere, 'zero'));
rmSync(elsewhere, { recursive: true });

function canOpen(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!opens)(
  'a node of the null device is that anywhere, by any name (needs mknod(2) and no nodev)',
  async () => {
    const path = join(directory(), 'zero');
    spawnSync('mknod', [path, 'c', '1', '3']);
    expect(await given(open(path, O_RDONLY))).toEqual({
      ...plain,
      target: path,
      kind: 'null-device',
      access: 'read',
      device: '1:3',
    });
  },
);

test('a file whose name ends as the mark of removed files does is not removed', async () => {
  const path = join(directory(), 'x (deleted)');
  expect(await given(open(path, O_WRONLY | O_CREAT | O_APPEND))).toEqual({
    ...plain,
    target: path,
    kind: 'file',
    access: 'write',
  });
});

test('a directory', async () => {
  const path = directory();
  mkdirSync(join(path, 'd'));
  expect(await given(open(join(path, 'd'), O_RDONLY | O_DIRECTORY))).toEqual({
    ...plain,
    target: join(path, 'd'),
    kind: 'directory',
    access: 'read',
  });
});

test('a named pipe', async () => {
  const path = join(directory(), 'fifo');
  spawnSync('mkfifo', [path]);
  expect(await given(open(path, O_RDWR))).toEqual({
    ...plain,
    target: path,
    kind: 'pipe',
    access: 'read-write',
  });
});

test('a character device that is no terminal', async () => {
  expect(await given(open('/dev/zero', O_RDONLY))).toEqual({
    ...plain,
    target: '/dev/zero',
    kind: 'character-device',
    access: 'read',
    device: '1:5',
  });
});

test('the master of a pseudo-terminal is no terminal', async () => {
  expect(await given(open('/dev/ptmx', O_RDWR | O_NOCTTY))).toMatchObject({
    kind: 'character-device',
    access: 'read-write',
  });
});

test('pipes and sockets', async () => {
  const parent = start('sh', ['-c', 'sleep 60 | sleep 60'], ['ignore', 'ignore', 'pipe']);
  await eventually(() => {
    const [writer = 0, reader = 0] = descendantsOf(parent);
    const written = read(writer).descriptors[1];
    expect(written).toMatchObject({
      fd: 1,
      target: expect.stringMatching(/^pipe:\[\d+\]$/),
      kind: 'pipe',
      access: 'write',
      device: null,
    });
    expect(read(reader).descriptors[0]).toMatchObject({
      fd: 0,
      kind: 'pipe',
      access: 'read',
      identity: written?.identity,
    });
  });
  expect(read(parent).descriptors[2]).toMatchObject({ fd: 2, kind: 'socket', access: 'read-write' });
});

test('a planted file is recognised by what it is, also under another number', async () => {
  const path = join(directory(), 'planted');
  const fd = open(path, O_RDWR | O_CREAT);
  const { dev, ino } = statSync(path, { bigint: true });
  expect(await given(fd, new Map([[`${dev}:${ino}`, 'locked file']]))).toMatchObject({
    planted: 'locked file',
  });
});

test('anonymous inodes have no identity, since many share one', () => {
  const anonymous = read(process.pid).descriptors.filter(({ kind }) => kind === 'anonymous');
  expect(anonymous.length).toBeGreaterThan(1);
  expect(anonymous.map(({ identity }) => identity)).toEqual(anonymous.map(() => null));
});

test('a terminal', async () => {
  const parent = start('script', ['-qc', 'sleep 60', '/dev/null']);
  const terminal = await eventually(() => {
    const found = descendantsOf(parent).flatMap((pid) => read(pid).descriptors.slice(0, 1));
    expect(found.at(-1)?.kind).toBe('terminal');
    return found.at(-1);
  });
  expect(terminal).toMatchObject({
    fd: 0,
    target: expect.stringMatching(/^\/dev\/pts\/\d+$/),
    device: expect.stringMatching(/^136:\d+$/),
  });
});

const wanted = 10_000;
const limits = readProcPidLimits('/proc/self/limits');
const hard = isUnreadable(limits) ? 0 : (limits.nofile?.hard ?? 0);
const enough = hard === 'unlimited' || hard > wanted + 100;

test.skipIf(!enough)(
  'ten thousand descriptors, in the order of their numbers (needs RLIMIT_NOFILE above)',
  async () => {
    const program = `
    for (let i = 0; i < ${wanted}; i++) require('fs').openSync('/dev/null');
    setInterval(() => {}, 2 ** 30);`;
    const pid = start(process.execPath, ['-e', program]);
    await eventually(() => expect(readdirSync(`/proc/${pid}/fd`).length).toBeGreaterThanOrEqual(wanted));
    const numbers = read(pid).descriptors.map(({ fd }) => fd);
    expect(numbers.length).toBeGreaterThanOrEqual(wanted);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  },
);

test('what stat(2) cannot tell is told by the target as far as it goes', () => {
  const none: BigIntStats | null = null;
  const kinds = ['pipe:[1]', 'socket:[1]', 'anon_inode:[eventpoll]', '/lost'].map((target) =>
    descriptorKind(target, none),
  );
  expect(kinds).toEqual(['pipe', 'socket', 'anonymous', 'unknown']);
});

test('a process that has ended cannot be listed', () => {
  const { pid } = spawnSync('true');
  expect(readDescriptors(`/proc/${pid}`, new Map())).toEqual({ unreadable: `ENOENT on /proc/${pid}/fd` });
});

test('a file with a very long path is still open', async () => {
  const top = directory();
  // Made step by step: no single path may be longer than PATH_MAX.
  const program = `
    for (let i = 0; i < 30; i++) { require('fs').mkdirSync('d'.repeat(200)); process.chdir('d'.repeat(200)); }
    require('fs').openSync('file', 'w');
    setInterval(() => {}, 2 ** 30);`;
  writeFileSync(join(top, 'program.js'), program);
  const child = spawn(process.execPath, [join(top, 'program.js')], { cwd: top, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await eventually(() => {
    const found = read(child.pid ?? 0).descriptors.find(
      ({ target }) => target === '(path longer than PATH_MAX)',
    );
    expect(found).toMatchObject({ kind: 'file', access: 'write' });
  });
  spawnSync('rm', ['-rf', top]);
});
