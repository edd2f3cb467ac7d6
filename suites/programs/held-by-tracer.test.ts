/** A program that holds its stage, or itself, by a debugger: nobody can say what it became, and that is no verdict about it. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Report } from '../../harness/index.ts';
import { packageRoot } from '../../harness/package-root.ts';

const answers = (name: string, ...argv: readonly string[]): boolean => spawnSync(name, argv).status === 0;
const untilTraced = "until grep -q '^TracerPid:.*[1-9]' /proc/$PPID/status; do sleep 0.05; done";

/** Yama permits an ordinary user to trace descendants alone, ptrace(2). */
const mayAttach = (): boolean => answers('sh', '-c', 'sleep 1000 & gdb -q -nx -batch -p $! && kill $!');

/** The built program on a shell script, which is given its own deed. */
function check(deed: string, { only = 'working-directory,session', timeout = '5s' } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'held-by-tracer-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const options = ['-q', '--start', 'clean', '--only', only, '--timeout', timeout, '-f', 'json'];
  const argv = ['--single-threaded', join(packageRoot, 'harness/bin.cjs'), ...options, 'sh', '-c', deed];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TMPDIR: directory },
  });
  return { status, stdout, stderr };
}

describe.skipIf(!answers('gdb', '--version'))('by gdb (needs it)', () => {
  test('a stage that is held for ever is given up, with status 3 and one line', ({ skip }) => {
    if (!mayAttach()) skip('gdb may not attach here');
    const held = 'setsid gdb -q -nx -batch -p $PPID -ex "shell sleep 1000" </dev/null >/dev/null 2>&1 &';
    expect(check(`${held} ${untilTraced}`)).toEqual({
      status: 3,
      stdout: '',
      stderr: 'daemon-conformance: the stage does not answer: it is stopped, or traced, or hangs\n',
    });
  });

  test('a daemon that is held has not refused to end: nobody knows', ({ skip }) => {
    if (!mayAttach()) skip('gdb may not attach here');
    const daemon = "setsid sh -c 'cd /; exec sleep 1000' </dev/null >/dev/null 2>&1 & daemon=$!";
    const tracer = 'setsid gdb -q -nx -batch -p $daemon -ex "shell sleep 1000" </dev/null >/dev/null 2>&1 &';
    const untilHeld = "until grep -q '^State:.t' /proc/$daemon/status; do sleep 0.05; done";
    const only = 'termination';
    const { stdout } = check(`${daemon}; ${tracer} ${untilHeld}`, { only, timeout: '2s' });
    const { results } = JSON.parse(stdout) as Report;
    expect(results).toMatchObject([
      { outcome: 'inconclusive', because: expect.stringMatching(/^a tracer holds process \d+ \(state t\)$/) },
    ]);
  });
});
