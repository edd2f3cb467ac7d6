/** What a program leaves in its launch directory is gone with the check, or one line says what stays. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';

const test = base.extend<{ directory: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'what-stays-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});

/** The built program, outside of any world that would take everything away, on a right daemon with a deed before it. */
function check(directory: string, deed: string) {
  const options = ['-q', '--isolation', 'none', '--start', 'hostile', '--only', 'session', '-f', 'json'];
  const daemon = 'cd /; setsid sleep 1000 </dev/null >/dev/null 2>&1 &';
  const argv = ['--single-threaded', join(packageRoot, 'harness/bin.cjs'), ...options];
  const { status, stderr } = spawnSync(process.execPath, [...argv, 'sh', '-c', `${deed}; ${daemon}`], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TMPDIR: directory },
  });
  return { status, stderr };
}

/** The deed has to be possible here, or nothing was tried: it is done as the program does it, and undone. */
const can = (deed: string): boolean => spawnSync('sh', ['-ec', deed], { cwd: tmpdir() }).status === 0;

test('a tree of three thousand levels is gone', ({ directory }) => {
  const levels = "for (let i = 0; i < 3000; i++) { fs.mkdirSync('tree'); process.chdir('tree'); }";
  const deed = `'${process.execPath}' -e "${levels} fs.writeFileSync('file', '')" || exit 9`;
  expect(check(directory, deed)).toEqual({ status: 0, stderr: '' });
  expect(readdirSync(directory)).toEqual([]);
});

test('a mount is detached, and what is mounted stays', ({ directory, skip }) => {
  const mounted = 'mkdir -p there && mount -t tmpfs tmpfs there';
  if (!can(`${mounted}; umount there; rmdir there`)) skip('nothing can be mounted here: run as root');
  expect(check(directory, `(${mounted}) || exit 9`)).toEqual({ status: 0, stderr: '' });
  expect(readdirSync(directory)).toEqual([]);
});

test('a file that nobody may remove is told of in one line', ({ directory, skip }) => {
  const kept = ': >kept-file && chattr +i kept-file';
  if (!can(`${kept}; chattr -i kept-file; rm kept-file`))
    skip('no file can be made immutable here: chattr(1)');
  const { status, stderr } = check(directory, `(${kept}) || exit 9`);
  const [scratch = ''] = readdirSync(directory);
  const left = readdirSync(join(directory, scratch));
  for (const name of left) execFileSync('chattr', ['-R', '-i', join(directory, scratch, name)]);
  const path = join(directory, scratch, left[0] ?? '');
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: `daemon-conformance: ${path} could not be removed (EPERM)\n`,
  });
});
