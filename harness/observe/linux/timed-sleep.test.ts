import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { noSurroundings } from '../../facts/process.ts';
import { parseSchedstat } from './activity.ts';
import type { ProcPidSyscall } from './proc-pid-syscall.ts';
import { observeProcess } from './process.ts';
import { timeoutOf } from './timed-sleep.ts';

function calling(number: number, ...given: bigint[]): ProcPidSyscall {
  const registers = [...given, 0n, 0n, 0n, 0n, 0n, 0n].slice(0, 6);
  return { kind: 'in-call', number, arguments: registers, stackPointer: 0x7ffc3ca223b8n };
}
const memory = (seconds: bigint, rest: bigint) => () => [seconds, rest] as const;
const nothing = () => null;

test('nanosleep(2) sleeps on the clock alone, as long as its timespec says', () => {
  const call = calling(35, 0x7ffcn);
  expect(timeoutOf(call, 'x64', memory(3n, 500_000_000n))).toEqual({ kind: 'clock', atMostMs: 3500 });
  expect(timeoutOf(call, 'x64', nothing)).toEqual({ kind: 'clock', atMostMs: null });
});

test('clock_nanosleep(2) may be told a time instead of a duration', () => {
  const relative = calling(230, 1n, 0n, 0x7ffcn);
  expect(timeoutOf(relative, 'x64', memory(1n, 0n))).toEqual({ kind: 'clock', atMostMs: 1000 });
  const absolute = calling(230, 1n, 1n, 0x7ffcn);
  const inTenSeconds = process.hrtime.bigint() / 1_000_000_000n + 10n;
  const found = timeoutOf(absolute, 'x64', memory(inTenSeconds, 0n));
  expect(found?.kind).toBe('clock');
  expect(found?.atMostMs).toBeGreaterThan(0);
  expect(found?.atMostMs).toBeLessThanOrEqual(10_000);
});

test.each([
  ['poll', calling(7, 0n, 1n, 0xffff_ffff_0000_03e8n), 1000],
  ['epoll_wait', calling(232, 5n, 0n, 64n, 100n), 100],
  ['select', calling(23, 4n, 0n, 0n, 0n, 0x7ffcn), 2250],
  ['futex FUTEX_WAIT', calling(202, 0n, 128n, 0n, 0x7ffcn), 2000.25],
] as const)('%s waits for an event, and for the clock', (_name, call, atMostMs) => {
  expect(timeoutOf(call, 'x64', memory(2n, 250_000n))).toEqual({ kind: 'event', atMostMs });
});

test.each([
  ['poll', calling(7, 0n, 0n, 3000n), 3000],
  ['select', calling(23, 0n, 0n, 0n, 0n, 0x7ffcn), 2250],
] as const)('%s of no descriptor is a sleep on the clock alone', (_name, call, atMostMs) => {
  expect(timeoutOf(call, 'x64', memory(2n, 250_000n))).toEqual({ kind: 'clock', atMostMs });
});

test.each([
  ['poll without timeout', calling(7, 0n, 1n, 0xffff_ffffn)],
  ['select without timeout', calling(23, 4n, 0n, 0n, 0n, 0n)],
  ['pause', calling(34)],
] as const)('%s has no clock', (_name, call) => {
  expect(timeoutOf(call, 'x64', memory(2n, 0n))).toBeNull();
});

test('the timeout of a 32-bit program is not read by the layout of a 64-bit one', () => {
  const call = { ...calling(35, 0x7ffcn), stackPointer: 0xffff_0000n } as ProcPidSyscall;
  expect(timeoutOf(call, 'x64', memory(3n, 0n))).toEqual({ kind: 'clock', atMostMs: null });
});

test('schedstat tells the time on a processor and the time spent waiting for one, in nanoseconds', () => {
  expect(parseSchedstat('2000000 500000 7\n')).toBe(2.5);
  expect(parseSchedstat('')).toBeNull();
});

test('a sleeping program tells how long it will sleep at most', async () => {
  const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect
    .poll(() => {
      const seen = observeProcess(child.pid ?? -1, noSurroundings);
      if ('gone' in seen) throw new Error('it has ended');
      const { asleep, busyMs, timedSleeps } = seen.activity;
      return {
        asleep,
        busy: (busyMs ?? 0) > 0,
        sleeps: timedSleeps.map(({ kind, atMostMs }) => [kind, atMostMs]),
      };
    })
    .toEqual({ asleep: true, busy: true, sleeps: [['clock', 1_000_000]] });
});
