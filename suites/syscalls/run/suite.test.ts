import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { reportOf, runnerCommand, runSyscallSuite } from './suite.ts';

const folder = join(__dirname, '../../../dist/suites/syscalls/run/misbehaving');
const muslPath = '/lib/ld-musl-x86_64.so.1';

test('a promise whose process crashes, hangs, lies or says nothing is unresolved, with the reason', async () => {
  // One of them hangs: so long is waited for it, and so long have the others.
  const deadlineMs = Math.round(1000 * inject('pace').slowness);
  const { promises, summary } = await runSyscallSuite({ folder, deadlineMs });
  const told = promises.map(({ id, verdict, seen }) => {
    return [id.slice('misbehaving/'.length), `${verdict}: ${seen.replaceAll(/\d{2,}/g, 'N')}`];
  });
  expect(Object.fromEntries(told)).toEqual({
    'not-at-all': 'holds: so',
    expectation: 'broken: setsid(): EPERM',
    choice: 'implementation-defined: so',
    unexpected: 'unresolved: so; no expectation is recorded for this system',
    unsupported: 'unsupported: no means',
    throws: 'unresolved: thrown',
    crashes: 'unresolved: its process was ended by SIGSEGV without a report',
    'crashes-late': 'unresolved: its process reported and then was ended by SIGSEGV',
    silent: 'unresolved: its process exited with 0 without a report',
    hangs: 'unresolved: its process hung for N ms and was killed',
    garbage: 'unresolved: its process exited with 0 and left a report that cannot be read: "right\\n"',
    'falls-through': 'unresolved: 2 reports came, where its process has one to give',
    deputy: 'unresolved: the report came from process N, its process is N',
    confused: 'unresolved: the report is about misbehaving/not-at-all',
    leaves: 'holds: N',
  });
  expect(summary).toEqual({
    holds: 2,
    broken: 1,
    'implementation-defined': 1,
    unsupported: 1,
    unresolved: 10,
  });
});

test('what a promise leaves running is ended', async () => {
  const { promises } = await runSyscallSuite({ folder, only: ['misbehaving/leaves'] });
  const left = Number(promises[0]?.seen);
  expect(left).toBeGreaterThan(1);
  expect(() => process.kill(left, 0)).toThrow('ESRCH');
});

test('`only` names promises or whole calls', async () => {
  const { promises } = await runSyscallSuite({ only: ['setsid/ids', 'tcgetsid'] });
  expect(promises.map(({ id }) => id)).toEqual([
    'setsid/ids',
    'tcgetsid/controlling',
    'tcgetsid/not-controlling',
    'tcgetsid/not-open',
  ]);
});

test('a runner that ends early leaves the promises it did not report unresolved', () => {
  const lines = [
    { type: 'ready', libc: 'glibc-2.36', examinedLibc: 'glibc-2.36' },
    { type: 'declared', id: 'a/one', title: 't', clause: 'c', expect: 'right', of: 'system' },
    { type: 'declared', id: 'a/two', title: 't', clause: 'c', expect: 'right', of: 'system' },
    { type: 'observed', id: 'a/one', observation: { type: 'seen', kind: 'right', seen: 's' } },
  ];
  const output = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"type":"obs`;
  const { promises } = reportOf(output, 'the runner ended with SIGKILL');
  expect(promises.map(({ id, verdict, seen }) => [id, verdict, seen])).toEqual([
    ['a/one', 'holds', 's'],
    ['a/two', 'unresolved', 'it was not reported: the runner ended with SIGKILL'],
  ]);
});

test('a run without a runner is refused', () => {
  expect(() => reportOf('', 'exit status 1')).toThrow(
    'the runner of the suite could not start: exit status 1',
  );
});

test('the runner and all it started end when whoever asked is gone', async () => {
  const [file, ...args] = runnerCommand({ folder, only: ['misbehaving/hangs'] });
  const runner = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const declared = new Promise((resolve) => runner.stdout.once('data', resolve));
  const ended = new Promise<number | null>((resolve) => runner.once('exit', resolve));
  await declared;
  runner.stdin.destroy();
  expect(await ended).toBe(0);
});

test('a worker that hangs is ended with the rest when whoever asked is gone', async () => {
  const [file, ...args] = runnerCommand({ folder, only: ['misbehaving/hangs'] });
  const runner = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const { pid = 0 } = runner;
  const ended = new Promise<number | null>((resolve) => runner.once('exit', resolve));
  const workers = await new Promise<readonly number[]>((resolve) => {
    // Its workers are there before it has told everything.
    const look = (): void => {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean);
      if (children.length > 0) resolve(children.map(Number));
      else setImmediate(look);
    };
    look();
  });
  for (const worker of workers) process.kill(worker, 'SIGSTOP');
  runner.stdin.destroy();
  expect(await ended).toBe(0);
  for (const worker of workers) expect(() => process.kill(worker, 0)).toThrow('ESRCH');
});

test('a path that is no C library is refused', async () => {
  await expect(runSyscallSuite({ libcPath: '/dev/null' })).rejects.toThrow('neither musl nor a glibc');
});

test('another C library is examined by a program that runs on it', async ({ skip }) => {
  skip(!existsSync(muslPath), `no musl at ${muslPath}: install musl`);
  const only = [
    'daemon/leader',
    'grantpt/no-master',
    'closefrom/above-limit',
    'setsid/ids',
    'setsid/libc-value',
  ];
  const own = await runSyscallSuite({ only });
  const musl = await runSyscallSuite({ only, libcPath: muslPath });
  const kinds = (report: typeof own) => Object.fromEntries(report.promises.map(({ id, kind }) => [id, kind]));
  expect(musl.platform.examinedLibc).toMatch(/^musl/);
  expect(musl.platform.libc).toBe(own.platform.libc);
  expect(kinds(musl)).toEqual({
    'daemon/leader': 'two forks, no leader',
    'grantpt/no-master': 'succeeds',
    'closefrom/above-limit': 'unsupported',
    'setsid/ids': 'unsupported',
    'setsid/libc-value': 'process ID',
  });
});

test('no promise about the system holds under another C library', async ({ skip }) => {
  skip(!existsSync(muslPath), `no musl at ${muslPath}: install musl`);
  const { promises } = await runSyscallSuite({ libcPath: muslPath });
  expect(promises.filter(({ verdict }) => verdict === 'broken' || verdict === 'unresolved')).toEqual([]);
  const { promises: own } = await runSyscallSuite({
    only: ['setsid/ids', 'fork', 'exec'],
    libcPath: muslPath,
  });
  expect(own.filter(({ verdict }) => verdict === 'holds').map(({ id }) => id)).toEqual([
    'fork/stdio-exit',
    'fork/stdio-_exit',
    'fork/_Fork',
  ]);
});
