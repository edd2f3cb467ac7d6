/** kill(-1, SIGKILL), as root too, ends the world of the launch it comes from and nothing else. */

import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openChecker } from '../../harness/index.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { whyNotIsolated } from './why-not-isolated.ts';

const killer = join(packageRoot, 'dist/fixtures/awkward/kills-everybody.js');
const only = ['starter-exit-status', 'surviving-processes', 'session'];

test('a program that kills everybody ends nobody outside, and is judged as any other', async ({ skip }) => {
  const lack = await whyNotIsolated();
  if (lack !== null) skip(lack);
  const bystander = spawn('sleep', ['1000'], { stdio: 'ignore' });
  const checker = openChecker();
  onTestFinished(async () => {
    bystander.kill('SIGKILL');
    await checker.close();
  });
  const request = { path: process.execPath, cwd: tmpdir(), env: { PATH: '/usr/bin:/bin' }, only };
  const argv = ['node', '--single-threaded', killer, readlinkSync('/proc/self/ns/pid')];
  const program = { ...request, argv, isolation: 'full' } as const;
  const other = {
    ...request,
    argv: ['sh', '-c', 'setsid sleep 1000 >/dev/null 2>&1 &'],
    path: '/bin/sh',
  };
  const checked = await Promise.all([
    checker.check(program),
    checker.check({ ...other, isolation: 'full' }),
    checker.check({ ...other, isolation: 'none' }),
    checker.check(program),
  ]);
  const conforming = [
    ['starter-exit-status', 'pass'],
    ['surviving-processes', 'pass'],
    ['session', 'pass'],
  ];
  for (const { results, runs } of checked) {
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(conforming);
    for (const { leftBehind } of runs) expect(leftBehind).toEqual([]);
  }
  expect(bystander.exitCode ?? bystander.signalCode).toBe(null);
});
