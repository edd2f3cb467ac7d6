import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, describe, expect } from 'vitest';
import { requireFitMachine } from './fit-machine.ts';

const test = base.extend<{ directory: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'fit-machine-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});

test('this machine is fit', () => {
  expect(() => requireFitMachine()).not.toThrow();
});

test('a null device that is a file, another device or missing is told', ({ directory }) => {
  writeFileSync(join(directory, 'null'), '');
  for (const path of [join(directory, 'null'), '/dev/zero', join(directory, 'none')]) {
    expect(() => requireFitMachine('/proc', path)).toThrow(`${path} is not the null device: make it anew`);
  }
});

test.skipIf(process.platform !== 'linux')('a /proc of others is told', ({ directory }) => {
  const proc = join(directory, 'proc');
  mkdirSync(proc);
  expect(() => requireFitMachine(proc)).toThrow(`${proc} shows no process of this process ID namespace`);
  symlinkSync('1', join(proc, 'self'));
  expect(() => requireFitMachine(proc)).toThrow(`${proc} is that of another process ID namespace`);
});

/** Whether a process ID namespace can be had, for the program in it is then seen under other IDs than its own. */
const unshares = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;
const built = existsSync(join(__dirname, '../../dist/harness/cli/start.js'));

describe.skipIf(!(built && unshares))(
  'in a process ID namespace (needs unshare(1), its right and the build)',
  () => {
    const inside = (...argv: readonly string[]) => {
      const { status, stderr, stdout } = spawnSync('unshare', ['--pid', '--fork', ...argv], {
        encoding: 'utf8',
        cwd: join(__dirname, '../..'),
      });
      return { status, stderr, stdout };
    };
    const command = [process.execPath, 'harness/bin.cjs'];

    test('without a /proc of its own nothing is judged', () => {
      const line = expect.stringMatching(
        /^daemon-conformance: \/proc [^\n]* process ID namespace: mount it anew[^\n]*\n$/,
      );
      for (const argv of [
        ['--only', 'session', 'true'],
        ['inspect', '1'],
      ]) {
        expect(inside(...command, ...argv)).toEqual({ status: 3, stderr: line, stdout: '' });
      }
    });

    test('with one a program is judged as anywhere else', () => {
      const argv = ['--start', 'clean', '--only', 'working-directory', 'sh', '-c', 'cd /; sleep 1000 &'];
      expect(inside('--mount-proc', ...command, ...argv)).toMatchObject({ status: 0 });
    });
  },
);
