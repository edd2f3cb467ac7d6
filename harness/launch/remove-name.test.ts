import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { removeName } from './remove-name.ts';

const test = base.extend<{ directory: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'remove-name-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});

test.skipIf(process.platform !== 'linux')(
  'a link that takes the place of the directory between the look and the removal leads nowhere',
  ({ directory }) => {
    const [run, aside, precious] = ['run', 'aside', 'precious'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ];
    for (const path of [run, precious]) {
      mkdirSync(path);
      writeFileSync(join(path, 'x.pid'), '1\n');
    }
    const gone = removeName(join(run, 'x.pid'), () => {
      renameSync(run, aside);
      symlinkSync(precious, run);
      return true;
    });
    expect(gone).toBe(true);
    expect([readdirSync(aside), readdirSync(precious)]).toEqual([[], ['x.pid']]);
  },
);

test('what does not fit stays, and of what is not there nothing is said', ({ directory }) => {
  const path = join(directory, 'file');
  writeFileSync(path, '');
  expect(removeName(path, () => false)).toBe(false);
  expect(readdirSync(directory)).toEqual(['file']);
  expect(removeName(path, () => true)).toBe(true);
  expect(removeName(path, () => true)).toBe(false);
  expect(removeName(join(directory, 'nowhere/file'), () => true)).toBe(false);
});
