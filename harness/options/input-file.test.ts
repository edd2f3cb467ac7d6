import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { inputBytes, readInput, requireInput } from './input-file.ts';

const test = base.extend<{ directory: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'input-file-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});

test('devices and fifos are refused, and so is what no file of its kind comes near', ({ directory }) => {
  expect(readInput('/dev/zero', '/', inputBytes.config)).toEqual({
    kind: 'unread',
    because: 'it is a device or a socket',
  });
  execFileSync('mkfifo', [join(directory, 'fifo')]);
  expect(readInput('fifo', directory, inputBytes.config)).toEqual({
    kind: 'unread',
    because: 'it is a fifo',
  });
  writeFileSync(join(directory, 'sparse'), '');
  truncateSync(join(directory, 'sparse'), 2 ** 43);
  expect(requireInput('sparse', directory, inputBytes.batch)).toEqual({
    kind: 'usage-error',
    line: 'sparse cannot be read (it has more than 16 MiB)',
  });
});

test('what is open already is read to its end', ({ directory }) => {
  const path = join(directory, 'file');
  writeFileSync(path, '{}');
  const fd = openSync(path, 'r');
  expect(readInput(`/dev/fd/${fd}`, '/', inputBytes.config)).toEqual({ kind: 'text', text: '{}' });
  closeSync(fd);
  expect(readInput(`/dev/fd/${fd}`, '/', inputBytes.config)).toEqual({ kind: 'unread', because: 'EBADF' });
});

test('a configuration may come from a pipe', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['harness/bin.cjs', '--config', '/dev/stdin', 'true'],
    { input: '{ "profil": "sysv" }', encoding: 'utf8' },
  );
  expect([status, stderr.split(';')[0]]).toEqual([
    2,
    "daemon-conformance: /dev/stdin: there is no key 'profil'",
  ]);
});
