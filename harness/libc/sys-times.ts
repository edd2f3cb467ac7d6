/** <sys/times.h>, <sys/time.h> and <time.h>: clocks and timers of one process. */

import { type CallResult, libc, returned } from './library.ts';
import { platform } from './platform.ts';
import { realTimeFunctionIfAny } from './real-time-library.ts';

const c = {
  times: libc.func('long times(_Out_ void *buffer)'),
  setitimer: libc.func('int setitimer(int which, const void *value, void *previous)'),
  getitimer: libc.func('int getitimer(int which, _Out_ void *value)'),
  nanosleep: libc.func('int nanosleep(const void *time, void *remaining)'),
  clock_gettime: libc.func('int clock_gettime(int clock, _Out_ void *time)'),
  timer_create: realTimeFunctionIfAny('int timer_create(int clock, void *event, _Out_ int64_t *timer)'),
  timer_gettime: realTimeFunctionIfAny('int timer_gettime(intptr_t timer, _Out_ void *value)'),
};

/** OpenBSD has no timer_create(). */
const absent: CallResult = { value: -1, errno: 'ENOSYS' };

export const ITIMER_REAL = 0;
const { CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID } = platform;

/** POSIX.1-2024 XSH times(): ticks of own user and system time, then those of children waited for. */
export function times(): readonly [user: number, system: number, childUser: number, childSystem: number] {
  const size = platform.clockBytes;
  const buffer = Buffer.alloc(4 * size);
  c.times(buffer);
  const at = (index: number): number =>
    size === 8 ? Number(buffer.readBigInt64LE(8 * index)) : buffer.readInt32LE(4 * index);
  return [at(0), at(1), at(2), at(3)];
}

/** setitimer(2): first after `ms`, then every `ms`. */
export function setTimer(which: number, ms: number): CallResult {
  const value = Buffer.alloc(32);
  for (const at of [0, 16]) {
    value.writeBigInt64LE(BigInt(Math.floor(ms / 1000)), at);
    value.writeBigInt64LE(BigInt((ms % 1000) * 1000), at + 8);
  }
  return returned(c.setitimer(which, value, null));
}

/** setitimer(2): once, after `ms`, as alarm() does with whole seconds. */
export function setTimerOnce(which: number, ms: number): CallResult {
  const value = Buffer.alloc(32);
  value.writeBigInt64LE(BigInt(Math.floor(ms / 1000)), 16);
  value.writeBigInt64LE(BigInt((ms % 1000) * 1000), 24);
  return returned(c.setitimer(which, value, null));
}

/** getitimer(2): milliseconds left, 0 for a timer that is not armed. */
export function timerLeftMs(which: number): number {
  const value = Buffer.alloc(32);
  c.getitimer(which, value);
  return Number(value.readBigInt64LE(16)) * 1000 + Number(value.readBigInt64LE(24)) / 1000;
}

/** POSIX.1-2024 XSH nanosleep(), in milliseconds: EINTR. */
export function nanosleep(ms: number): CallResult {
  const time = Buffer.alloc(16);
  time.writeBigInt64LE(BigInt(Math.floor(ms / 1000)));
  time.writeBigInt64LE(BigInt(Math.floor((ms % 1000) * 1e6)), 8);
  return returned(c.nanosleep(time, null));
}

/** POSIX.1-2024 XSH clock_gettime(CLOCK_PROCESS_CPUTIME_ID), in nanoseconds. */
export function processCpuNs(): bigint {
  const time = Buffer.alloc(16);
  c.clock_gettime(CLOCK_PROCESS_CPUTIME_ID, time);
  return time.readBigInt64LE(0) * 1_000_000_000n + time.readBigInt64LE(8);
}

/** POSIX.1-2024 XSH timer_create() on CLOCK_MONOTONIC with SIGALRM. */
export function timerCreate(): CallResult & { readonly timer: number } {
  const timer = [0];
  const result = c.timer_create === null ? absent : returned(c.timer_create(CLOCK_MONOTONIC, null, timer));
  return { ...result, timer: Number(timer[0] ?? 0) };
}

/** POSIX.1-2024 XSH timer_gettime(): EINVAL for a timer that this process does not have. */
export const timerExists = (timer: number): CallResult =>
  c.timer_gettime === null ? absent : returned(c.timer_gettime(timer, Buffer.alloc(32)));
