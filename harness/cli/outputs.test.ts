import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, describe, expect } from 'vitest';
import type { OpenOutput } from './outputs.ts';
import { openOutputs } from './outputs.ts';
import { type StubIo, stubIo } from './stub-world.ts';

const test = base.extend<{ directory: string; io: StubIo }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'outputs-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
  io: async ({ directory }, use) => use(stubIo({ cwd: directory })),
});

function open(io: StubIo, ...values: string[]): readonly OpenOutput[] {
  const outputs = openOutputs(values, ['pretty', 'json'], io);
  if (outputs.kind === 'usage-error') throw new Error(outputs.line);
  return outputs.value;
}

function usageFailed(io: StubIo, ...values: string[]): string {
  const outputs = openOutputs(values, ['pretty', 'json'], io);
  return outputs.kind === 'usage-error' ? outputs.line : 'understood';
}

async function writeAll(outputs: readonly OpenOutput[]): Promise<void> {
  for (const { format, destination } of outputs) await destination.write(`<${format}>`);
}

describe('standard output', () => {
  test('gets the pretty report unless another goes there', async ({ io, directory }) => {
    await writeAll(open(io));
    expect(io.written.stdout).toBe('<pretty>');
    await writeAll(open(io, 'json=report.json'));
    expect(io.written.stdout).toBe('<pretty><pretty>');
    expect(readFileSync(join(directory, 'report.json'), 'utf8')).toBe('<json>');
  });

  test('goes by several names', async ({ io }) => {
    for (const name of ['json', 'json=-', 'json=/dev/stdout', 'json=/dev/fd/1', 'json=/proc/self/fd/1']) {
      await writeAll(open(io, name));
    }
    expect(io.written.stdout).toBe('<json><json><json><json><json>');
    await writeAll(open(io, 'json=/dev/stderr'));
    expect(io.written.stderr).toBe('<json>');
  });
});

describe('a file', () => {
  test('is not touched before it is written', async ({ io, directory }) => {
    const outputs = open(io, 'json=report.json');
    expect(readdirSync(directory)).toEqual([]);
    await writeAll(outputs);
    expect(readdirSync(directory)).toEqual(['report.json']);
  });

  test('is replaced whole and keeps its mode', async ({ io, directory }) => {
    const file = join(directory, 'report.json');
    writeFileSync(file, 'old');
    chmodSync(file, 0o640);
    linkSync(file, join(directory, 'old.json'));
    await writeAll(open(io, 'json=report.json'));
    expect(readFileSync(file, 'utf8')).toBe('<json>');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(directory, 'old.json'), 'utf8')).toBe('old');
  });

  test('behind a link is replaced, and the link stays', async ({ io, directory }) => {
    writeFileSync(join(directory, 'real.json'), 'old');
    symlinkSync('real.json', join(directory, 'link.json'));
    await writeAll(open(io, 'json=link.json'));
    expect(lstatSync(join(directory, 'link.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(directory, 'real.json'), 'utf8')).toBe('<json>');
  });

  test('that cannot be written leaves nothing behind', async ({ io, directory }) => {
    const [, output] = open(io, 'json=report.json');
    rmSync(directory, { recursive: true });
    await expect(output?.destination.write('x')).rejects.toThrow('report.json could not be written (ENOENT)');
    expect(() => statSync(directory)).toThrow('ENOENT');
    execFileSync('mkdir', [directory]);
  });
});

test('a device is written and never replaced', async ({ io }) => {
  const before = statSync('/dev/null');
  await writeAll(open(io, 'json=/dev/null'));
  expect(statSync('/dev/null').ino).toBe(before.ino);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  await expect(writeAll(open(io, 'json=/dev/full'))).rejects.toThrow(
    '/dev/full could not be written (ENOSPC)',
  );
});

test('a fifo that nobody reads does not keep us', ({ io, directory }) => {
  execFileSync('mkfifo', [join(directory, 'fifo')]);
  expect(usageFailed(io, 'json=fifo')).toBe('fifo cannot be written: nobody reads it (ENXIO)');
});

describe('usage-error', () => {
  test('is told in a line', ({ io, directory }) => {
    symlinkSync('nowhere', join(directory, 'dangling'));
    expect(usageFailed(io, 'jsn')).toBe("--format: there is no format 'jsn'; did you mean json?");
    expect(usageFailed(io, 'yaml')).toBe("--format: there is no format 'yaml'; there are pretty, json");
    expect(usageFailed(io, 'json=')).toBe('--format json= names no file; write json or json=FILE');
    expect(usageFailed(io, 'json', 'pretty')).toBe(
      '--format pretty: standard output already gets json; give it a file of its own',
    );
    expect(usageFailed(io, 'json=a', 'pretty=./a')).toBe(
      '--format pretty=./a: a already gets json; give it a file of its own',
    );
    expect(usageFailed(io, 'json=.')).toBe('. cannot be written: it is a directory');
    expect(usageFailed(io, 'json=no/such/file')).toBe(
      `no/such/file cannot be written: there is no directory ${directory}/no/such`,
    );
    expect(usageFailed(io, 'json=dangling')).toBe('dangling cannot be written: it is a link to nowhere');
    expect(usageFailed(io, 'json=/dev/fd/999')).toBe(
      '/dev/fd/999 cannot be written: no such descriptor is open (EBADF)',
    );
  });

  test('is a directory one may not write to', ({ io, directory, skip }) => {
    if (process.getuid?.() === 0) skip('root writes everywhere: run as an ordinary user');
    chmodSync(directory, 0o555);
    expect(usageFailed(io, 'json=report.json')).toBe('report.json cannot be written: EACCES');
    chmodSync(directory, 0o755);
  });
});
