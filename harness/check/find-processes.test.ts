import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { everyDaemon, processesNamed } from './find-processes.ts';

test('a process is found by its name and by its first argument, without its workers', async () => {
  const argv0 = `named-${process.pid}`;
  const child = spawn('/bin/sh', ['-c', '(echo; sleep 1000; :) & wait'], {
    argv0: `/some/where/${argv0}`,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  onTestFinished(() => void process.kill(-(child.pid ?? 0), 'SIGKILL'));
  await once(child.stdout, 'data');
  expect(processesNamed(argv0).map(({ pid }) => pid)).toEqual([child.pid]);
  const [found] = processesNamed(argv0);
  expect(processesNamed(found?.name ?? '')).toContainEqual(found);
  expect(processesNamed(`${argv0}-none`)).toEqual([]);
  // Its parent is this process.
  expect(everyDaemon().map(({ pid }) => pid)).not.toContain(child.pid);
});
