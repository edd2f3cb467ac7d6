/** How long a sleep of a thread can last: what the calling program has asked of the clock, read from its own memory. */

import { closeSync, openSync, readSync } from 'node:fs';
import type { TimedSleep } from '../../facts/process.ts';
import type { ProcPidSyscall } from './proc-pid-syscall.ts';
import { byNumber, type SyscallTable } from './syscall-table.ts';

export type Timeout = Pick<TimedSleep, 'kind' | 'atMostMs'>;

/** Two 64-bit words of the sleeping process; null where they may not be read. */
export type ReadPair = (address: bigint) => readonly [bigint, bigint] | null;

/** <linux/time.h> */
const CLOCK_REALTIME = 0n;
/** <linux/time.h>: the second argument of clock_nanosleep(2). */
const TIMER_ABSTIME = 1n;
/** <linux/futex.h> */
const FUTEX_CLOCK_REALTIME = 256n;
const futexCommand = 0x7fn;

/** How the timeout of a call is given: in which argument, in what unit, from when. */
type TimeoutArgument =
  | { readonly as: 'milliseconds'; readonly index: number }
  | { readonly as: 'timeval' | 'timespec'; readonly index: number }
  /** Until a time of the clock that another argument names. */
  | { readonly as: 'until'; readonly index: number; readonly clock: number | 'realtime' }
  | { readonly as: 'clock-nanosleep' }
  | { readonly as: 'futex' }
  /** It goes on with a call that a signal interrupted; how much of it is left is not told. */
  | { readonly as: 'untold' };

interface Call {
  readonly kind: TimedSleep['kind'];
  readonly given: TimeoutArgument;
  /** Which argument counts the descriptors: with none it is a sleep on the clock alone. */
  readonly count?: number;
}

const relative = (as: 'milliseconds' | 'timeval' | 'timespec', index: number, count?: number): Call => ({
  kind: 'event',
  given: { as, index },
  ...(count === undefined ? {} : { count }),
});
const until = (index: number, clock: number | 'realtime'): Call => ({
  kind: 'event',
  given: { as: 'until', index, clock },
});

/**
 * Name, number on x86-64, number in the generic table, and the timeout. Sources: section 2 of the manual for the
 * arguments, asm/unistd_64.h and asm-generic/unistd.h for the numbers.
 */
const calls: readonly (readonly [string, number | null, number | null, Call])[] = [
  ['nanosleep', 35, 101, { kind: 'clock', given: { as: 'timespec', index: 0 } }],
  ['clock_nanosleep', 230, 115, { kind: 'clock', given: { as: 'clock-nanosleep' } }],
  ['restart_syscall', 219, 128, { kind: 'clock', given: { as: 'untold' } }],
  ['poll', 7, null, relative('milliseconds', 2, 1)],
  ['ppoll', 271, 73, relative('timespec', 2, 1)],
  ['select', 23, null, relative('timeval', 4, 0)],
  ['pselect6', 270, 72, relative('timespec', 4, 0)],
  ['epoll_wait', 232, null, relative('milliseconds', 3)],
  ['epoll_pwait', 281, 22, relative('milliseconds', 3)],
  ['epoll_pwait2', 441, 441, relative('timespec', 3)],
  ['rt_sigtimedwait', 128, 137, relative('timespec', 2)],
  ['semtimedop', 220, 192, relative('timespec', 3)],
  ['futex', 202, 98, { kind: 'event', given: { as: 'futex' } }],
  ['futex_waitv', 449, 449, until(3, 4)],
  ['futex_wait', 455, 455, until(4, 5)],
  ['mq_timedreceive', 243, 183, until(4, 'realtime')],
  ['mq_timedsend', 242, 182, until(4, 'realtime')],
];

const tables = byNumber(calls);

function nowMsOf(clock: bigint): number {
  return clock === CLOCK_REALTIME ? Date.now() : Number(process.hrtime.bigint()) / 1e6;
}

/** The timeout of a sleeping call; null for one that is not known to have any. */
export function timeoutOf(call: ProcPidSyscall, table: SyscallTable, readPair: ReadPair): Timeout | null {
  if (call.kind !== 'in-call') return null;
  const known = tables[table].get(call.number)?.[3];
  if (known === undefined) return null;
  const argument = (index: number): bigint => call.arguments[index] ?? 0n;
  const { given, count } = known;
  const kind = count !== undefined && argument(count) === 0n ? 'clock' : known.kind;
  /** @param unit how many of the second word are a millisecond */
  const pointed = (index: number, unit: number, clock: bigint | null = null): Timeout | null => {
    const address = argument(index);
    if (address === 0n) return null;
    // A 32-bit program has other structures.
    const pair = call.stackPointer < 0x1_0000_0000n ? null : readPair(address);
    if (pair === null) return { kind, atMostMs: null };
    const ms = Number(pair[0]) * 1000 + Number(pair[1]) / unit;
    return { kind, atMostMs: Math.max(0, clock === null ? ms : ms - nowMsOf(clock)) };
  };
  switch (given.as) {
    case 'milliseconds': {
      // An int: what the caller left in the upper half does not count.
      const ms = BigInt.asIntN(32, argument(given.index));
      return ms < 0n ? null : { kind, atMostMs: Number(ms) };
    }
    case 'timeval':
      return pointed(given.index, 1e3);
    case 'timespec':
      return pointed(given.index, 1e6);
    case 'until':
      return pointed(given.index, 1e6, given.clock === 'realtime' ? CLOCK_REALTIME : argument(given.clock));
    case 'clock-nanosleep': {
      const isUntil = (argument(1) & TIMER_ABSTIME) !== 0n;
      return pointed(2, 1e6, isUntil ? BigInt.asIntN(32, argument(0)) : null);
    }
    case 'futex': {
      const operation = argument(1);
      // futex(2): only FUTEX_WAIT takes a duration, the others a time; FUTEX_LOCK_PI that of CLOCK_REALTIME always.
      const command = operation & futexCommand;
      if (command === 0n) return pointed(3, 1e6);
      const realtime = command === 6n || (operation & FUTEX_CLOCK_REALTIME) !== 0n;
      return pointed(3, 1e6, realtime ? CLOCK_REALTIME : 1n);
    }
    case 'untold':
      return { kind, atMostMs: null };
  }
}

/** Reads the memory of a process, /proc/PID/mem; needs PTRACE_MODE_ATTACH_FSCREDS, ptrace(2). */
export function pairReader(pid: number): ReadPair {
  return (address) => {
    try {
      const file = openSync(`/proc/${pid}/mem`, 'r');
      try {
        const words = Buffer.alloc(16);
        if (readSync(file, words, 0, 16, address) !== 16) return null;
        return [words.readBigInt64LE(0), words.readBigInt64LE(8)];
      } finally {
        closeSync(file);
      }
    } catch {
      // It has gone on, or may not be read: then nothing is known of the timeout.
      return null;
    }
  };
}
