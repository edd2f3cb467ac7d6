import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { patience } from './patience.ts';

const onOneProcessor = ['taskset', '--cpu-list', '0'];
const canStarve = spawnSync('chrt', ['--idle', '0', ...onOneProcessor, 'true']).status === 0;

function started(...argv: readonly [string, ...string[]]): number {
  const [command, ...rest] = argv;
  const child: ChildProcess = spawn(command, rest, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? -1;
}

/** Resolves when it would be given up. */
function givenUp(pid: number, onOver: () => void = () => {}): Promise<void> {
  return new Promise((resolve) => {
    const stop = patience(2000, [pid], () => {
      onOver();
      resolve();
    });
    onTestFinished(stop);
  });
}

test('who sleeps is given up', async () => {
  await expect(givenUp(started('sleep', '1000'))).resolves.toBeUndefined();
});

test('who runs and does not answer is given up', async () => {
  await expect(givenUp(started('sh', '-c', 'while :; do :; done'))).resolves.toBeUndefined();
});

test.skipIf(!canStarve)(
  'who waits for a processor is not given up meanwhile (needs chrt and taskset)',
  async () => {
    started('taskset', '--cpu-list', '0', 'sh', '-c', 'while :; do :; done');
    // Of one processor it has three parts in a thousand beside the other, sched(7).
    const starved = started(
      'chrt',
      '--idle',
      '0',
      'taskset',
      '--cpu-list',
      '0',
      'sh',
      '-c',
      'while :; do :; done',
    );
    let over = false;
    void givenUp(starved, () => {
      over = true;
    });
    await givenUp(started('sleep', '1000'));
    expect(over).toBe(false);
  },
);
