import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { detach } from '../libc/linux/sys-mount.ts';
import { removeTree } from './remove-tree.ts';

const test = base.extend<{ directory: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'remove-tree-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});

test('a tree is gone, with what may not be entered, and a missing one leaves nothing to say', ({
  directory,
}) => {
  mkdirSync(join(directory, 'tree/a/b'), { recursive: true });
  writeFileSync(join(directory, 'tree/a/b/file'), '');
  mkdirSync(join(directory, 'tree/closed/inner'), { recursive: true });
  chmodSync(join(directory, 'tree/closed'), 0);
  chmodSync(join(directory, 'tree'), 0);
  expect(removeTree(directory, 'tree')).toEqual([]);
  expect(readdirSync(directory)).toEqual([]);
  expect(removeTree(directory, 'tree')).toEqual([]);
});

test('a tree of three thousand levels is gone', ({ directory }) => {
  const before = process.cwd();
  process.chdir(directory);
  try {
    for (let level = 0; level < 3000; level++) {
      mkdirSync('tree');
      process.chdir('tree');
    }
    writeFileSync('file', '');
  } finally {
    process.chdir(before);
  }
  expect(removeTree(directory, 'tree')).toEqual([]);
  expect(readdirSync(directory)).toEqual([]);
});

test('no link is followed, in its place and as the tree itself', ({ directory }) => {
  mkdirSync(join(directory, 'precious/kept'), { recursive: true });
  writeFileSync(join(directory, 'precious/kept/file'), '');
  mkdirSync(join(directory, 'tree/a'), { recursive: true });
  symlinkSync('../../precious', join(directory, 'tree/a/link'));
  symlinkSync('../precious', join(directory, 'tree/link'));
  expect(removeTree(directory, 'tree')).toEqual([]);
  symlinkSync('precious', join(directory, 'tree'));
  expect(removeTree(directory, 'tree')).toMatchObject([{ path: join(directory, 'tree') }]);
  expect(existsSync(join(directory, 'precious/kept/file'))).toBe(true);
});

/** Puts a link where a directory stood and the directory elsewhere, and back, as fast as it can. */
const racer = `
  const { mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync, writeSync } = require('node:fs');
  const attempt = (step) => { try { step(); return true; } catch { return false; } };
  for (let swaps = 0; ; ) {
    attempt(() => mkdirSync('tree/a'));
    attempt(() => mkdirSync('tree/a/b'));
    attempt(() => renameSync('tree/a', 'aside'));
    if (attempt(() => symlinkSync('../precious', 'tree/a')) && swaps++ % 10 === 0) writeSync(1, '.');
    attempt(() => renameSync('aside/b', 'tree/b'));
    attempt(() => symlinkSync('../../precious', 'aside/b'));
    attempt(() => unlinkSync('tree/a'));
    attempt(() => renameSync('aside', 'tree/a'));
  }`;

test('whoever swaps directories and links while it removes gains nothing', async ({ directory }) => {
  const kept = join(directory, 'precious/kept');
  mkdirSync(kept, { recursive: true, mode: 0o750 });
  writeFileSync(join(kept, 'file'), '');
  const modeOf = (path: string): number => statSync(path).mode & 0o777;
  const modes = (): readonly number[] => [modeOf(join(directory, 'precious')), modeOf(kept)];
  const before = modes();
  const child = spawn(process.execPath, ['-e', racer], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const over = once(child, 'exit');
  try {
    mkdirSync(join(directory, 'tree'));
    await once(child.stdout, 'data');
    let swaps = 0;
    child.stdout.on('data', (dots: Buffer) => {
      swaps += dots.length;
    });
    // Each stands for ten. With paths in place of descriptors a link was followed in every second run of so many.
    while (swaps < 20) {
      for (let round = 0; round < 20; round++) {
        removeTree(directory, 'tree');
        mkdirSync(join(directory, 'tree'), { recursive: true });
      }
      await new Promise(setImmediate);
    }
  } finally {
    child.kill('SIGKILL');
    await over;
  }
  removeTree(directory, 'tree');
  expect(readdirSync(directory).filter((name) => name !== 'aside')).toEqual(['precious']);
  expect([readdirSync(kept), modes()]).toEqual([['file'], before]);
});

test('what cannot be removed is told', ({ directory, skip }) => {
  const file = join(directory, 'tree/file');
  mkdirSync(join(directory, 'tree'));
  writeFileSync(file, '');
  try {
    execFileSync('chattr', ['+i', file], { stdio: 'ignore' });
  } catch {
    skip('no file can be made immutable here: chattr(1)');
  }
  try {
    expect(removeTree(directory, 'tree')).toEqual([{ path: file, because: 'EPERM' }]);
  } finally {
    execFileSync('chattr', ['-i', file]);
  }
});

test('what is mounted in it is detached, and not emptied', ({ directory, skip }) => {
  const [outside, inside] = [join(directory, 'outside'), join(directory, 'tree/a/inside')];
  mkdirSync(outside);
  writeFileSync(join(outside, 'precious'), '');
  mkdirSync(inside, { recursive: true });
  try {
    execFileSync('mount', ['--bind', outside, inside], { stdio: 'ignore' });
  } catch {
    skip('nothing can be mounted here: mount(8)');
  }
  expect(removeTree(directory, 'tree', { detach: (path) => void detach(path) })).toEqual([]);
  expect(readdirSync(outside)).toEqual(['precious']);
});
