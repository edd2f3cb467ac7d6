import { execFileSync } from 'node:child_process';
import { constants, mkdtempSync, openSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { pidfileText, readBeginning, readNamedFile } from './file-reading.ts';

const test = base.extend<{ directory: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'file-reading-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});

const textIn = (path: string, bytesAtMost: number): string => {
  const file = readNamedFile(path, bytesAtMost);
  return file.kind === 'read' ? `${file.bytes} ${file.cut}` : file.because;
};

test('a file is read up to a bound, and whether it has more is told', ({ directory }) => {
  const path = join(directory, 'file');
  writeFileSync(path, '402\n');
  expect([textIn(path, 3), textIn(path, 4), textIn(path, 5)]).toEqual([
    '402 true',
    '402\n false',
    '402\n false',
  ]);
  expect(textIn(join(directory, 'none'), 5)).toBe('ENOENT');
  expect(textIn(directory, 5)).toBe('EISDIR');
});

test('of a file without an end only the beginning is read', ({ directory }) => {
  const path = join(directory, 'sparse');
  writeFileSync(path, '402\n');
  // More than any process has memory for.
  truncateSync(path, 2 ** 43);
  expect(pidfileText(path)).toHaveLength(4096);
  expect(readBeginning(path)).toMatchObject({ kind: 'file', text: `402\n${'\0'.repeat(60)}` });
});

test('a fifo is not opened, so that nobody waits, neither the reader nor who writes into it', ({
  directory,
}) => {
  const path = join(directory, 'fifo');
  execFileSync('mkfifo', [path]);
  expect(textIn(path, 5)).toBe('it is a fifo');
  expect(pidfileText(path)).toBe(null);
  expect(readBeginning(path)).toMatchObject({ kind: 'fifo', text: '' });
  expect(() => openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)).toThrow('ENXIO');
});

test('a device is not read, by its own name and behind a link', ({ directory }) => {
  const path = join(directory, 'link');
  symlinkSync('/dev/zero', path);
  expect([textIn('/dev/zero', 5), textIn(path, 5)]).toEqual(Array(2).fill('it is a device or a socket'));
  expect(pidfileText(path)).toBe(null);
  expect(readBeginning(path)).toMatchObject({ kind: 'symbolic-link', text: '' });
});
