/** A program that holds its stage by a debugger: nobody can say what it became, and that is no verdict about it. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';

const answers = (name: string, ...argv: readonly string[]): boolean => spawnSync(name, argv).status === 0;
const untilTraced = "until grep -q '^TracerPid:.*[1-9]' /proc/$PPID/status; do sleep 0.05; done";

/** The built program on a shell script, which is given its own deed. */
function check(deed: string) {
  const directory = mkdtempSync(join(tmpdir(), 'traced-stage-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const only = 'working-directory,session';
  const options = ['-q', '--start', 'clean', '--only', only, '--timeout', '5s', '-f', 'json'];
  const argv = ['--single-threaded', join(packageRoot, 'harness/bin.cjs'), ...options, 'sh', '-c', deed];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TMPDIR: directory },
  });
  return { status, stdout, stderr };
}

describe.skipIf(!answers('gdb', '--version'))('by gdb (needs it)', () => {
  test('a stage that is held for ever is given up, with status 3 and one line', ({ skip }) => {
    // Yama permits an ordinary user to trace descendants alone, ptrace(2).
    if (!answers('sh', '-c', 'sleep 1000 & gdb -q -nx -batch -p $! && kill $!'))
      skip('gdb may not attach here');
    const held = 'setsid gdb -q -nx -batch -p $PPID -ex "shell sleep 1000" </dev/null >/dev/null 2>&1 &';
    expect(check(`${held} ${untilTraced}`)).toEqual({
      status: 3,
      stdout: '',
      stderr: 'daemon-conformance: the stage does not answer: it is stopped, or traced, or hangs\n',
    });
  });
});
