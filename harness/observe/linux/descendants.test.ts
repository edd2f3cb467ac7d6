import { spawn, spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../suites/pace/eventually.ts';
import { descendantsByScan, descendantsOf, parseChildren } from './descendants.ts';

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Starts a program and waits until `count` processes are below it; all are ended with the test. */
async function withDescendants(
  command: string,
  args: readonly string[],
  count: number,
): Promise<[number, number[]]> {
  const child = spawn(command, args, { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  onTestFinished(() => {
    for (const one of [...descendantsOf(pid), pid]) end(one);
  });
  const found = await eventually(() => {
    const below = descendantsOf(pid);
    expect(below.length).toBe(count);
    return below;
  });
  return [pid, found];
}

test('children come before their children', async () => {
  const [pid, below] = await withDescendants('sh', ['-c', '(sleep 60; true) & sleep 60; true'], 3);
  const [subshell = 0, sleep = 0, inner = 0] = below;
  expect(descendantsOf(subshell)).toEqual([inner]);
  expect(descendantsOf(sleep)).toEqual([]);
  expect(descendantsByScan(pid).toSorted()).toEqual(below.toSorted());
});

test('a child of a thread other than the main one is found', async () => {
  const program = `
    new (require('worker_threads').Worker)(
      "require('child_process').spawn('sleep', ['60'], { stdio: 'ignore' })", { eval: true });
    setInterval(() => {}, 2 ** 30);`;
  const [, [sleep = 0]] = await withDescendants(process.execPath, ['-e', program], 1);
  await eventually(() => expect(readlinkSync(`/proc/${sleep}/exe`)).not.toBe(process.execPath));
});

test('a zombie is a descendant', async () => {
  const [, below] = await withDescendants('sh', ['-c', 'sleep 0 & exec sleep 60'], 1);
  expect(below.length).toBe(1);
});

test('a process that has ended, or never was, has none', () => {
  const { pid } = spawnSync('true');
  expect(descendantsOf(pid)).toEqual([]);
  expect(descendantsByScan(pid)).toEqual([]);
  expect(descendantsOf(-1)).toEqual([]);
});

test.each([
  ['', []],
  ['3920 ', [3920]],
  ['3920 3921 40000 ', [3920, 3921, 40000]],
])('children file %j', (text, children) => {
  expect(parseChildren(text)).toEqual(children);
});
