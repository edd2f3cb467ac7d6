/** How a thread sleeps: until something happens, until a time, or not at all. */

import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { textOf } from '../observe/linux/reading.ts';
import { byNumber, type SyscallTable, syscallTable } from '../observe/linux/syscall-table.ts';

/**
 * `event`: it waits for what somebody does. `clock`: it waits for a time, or in a call of which nothing is known, and
 * what it does then does not depend on anybody.
 */
export type Sleep =
  /** It runs, or is about to. */
  | { readonly kind: 'none' }
  /** It has ended, of which word is on its way where it was the last of its process. */
  | { readonly kind: 'ended' }
  | TimedSleep;

export interface TimedSleep {
  readonly kind: 'event' | 'clock';
  readonly call: string;
}

export const noSleep: Sleep = { kind: 'none' };

type Kind =
  | 'event'
  | 'clock'
  /** Argument 0 is a descriptor. */
  | 'transfer'
  /** An event if the number of descriptors, at this index, is not 0: without any it is a way to sleep. */
  | { readonly descriptorsAt: number }
  /** On its way out. */
  | 'none';

/** Name, number on x86-64 and in the generic table: asm/unistd_64.h, asm-generic/unistd.h. */
const calls: readonly (readonly [string, number | null, number | null, Kind])[] = [
  ['read', 0, 63, 'transfer'],
  ['write', 1, 64, 'transfer'],
  ['readv', 19, 65, 'transfer'],
  ['writev', 20, 66, 'transfer'],
  // Of a fifo: until somebody opens the other end.
  ['open', 2, null, 'event'],
  ['openat', 257, 56, 'event'],
  ['poll', 7, null, { descriptorsAt: 1 }],
  ['ppoll', 271, 73, { descriptorsAt: 1 }],
  ['select', 23, null, { descriptorsAt: 0 }],
  ['pselect6', 270, 72, { descriptorsAt: 0 }],
  ['epoll_wait', 232, null, 'event'],
  ['epoll_pwait', 281, 22, 'event'],
  ['epoll_pwait2', 441, 441, 'event'],
  ['pause', 34, null, 'event'],
  ['rt_sigsuspend', 130, 133, 'event'],
  ['rt_sigtimedwait', 128, 137, 'event'],
  ['wait4', 61, 260, 'event'],
  ['waitid', 247, 95, 'event'],
  ['futex', 202, 98, 'event'],
  ['futex_waitv', 449, 449, 'event'],
  ['futex_wait', 455, 455, 'event'],
  ['flock', 73, 32, 'event'],
  ['fcntl', 72, 25, 'event'],
  ['msgrcv', 70, 188, 'event'],
  ['msgsnd', 69, 189, 'event'],
  ['semop', 65, 193, 'event'],
  ['semtimedop', 220, 192, 'event'],
  ['mq_timedreceive', 243, 183, 'event'],
  ['mq_timedsend', 242, 182, 'event'],
  ['accept', 43, 202, 'event'],
  ['accept4', 288, 242, 'event'],
  ['connect', 42, 203, 'event'],
  ['recvfrom', 45, 207, 'event'],
  ['recvmsg', 47, 212, 'event'],
  ['sendto', 44, 206, 'event'],
  ['sendmsg', 46, 211, 'event'],
  ['nanosleep', 35, 101, 'clock'],
  ['clock_nanosleep', 230, 115, 'clock'],
  ['exit', 60, 93, 'none'],
  ['exit_group', 231, 94, 'none'],
];

const tables = byNumber(calls);

const architecture = syscallTable(process.arch);

/** What a descriptor leads to decides; where that cannot be read nothing is known of the sleep. */
function transferOn(descriptor: string): 'event' | 'clock' | 'none' {
  try {
    const target = readlinkSync(descriptor);
    if (/^(pipe|socket|anon_inode):/.test(target)) return 'event';
    // The name of a fifo is a path like that of a file, which is read in no time.
    if (statSync(descriptor).isFIFO()) return 'event';
    // A terminal answers to a person, and /proc/kmsg when the kernel has something to say.
    return /^\/(dev|proc|sys)\//.test(target) ? 'clock' : 'none';
  } catch {
    return 'clock';
  }
}

/** Of the text of /proc/PID/syscall, proc_pid_syscall(5), of a thread in state S. */
function sleepIn(text: string, table: SyscallTable | null, pid: number): Sleep {
  const [number = '', ...rest] = text.trim().split(' ');
  if (number === 'running') return noSleep;
  const stack = BigInt(rest[6] ?? 0);
  // A 32-bit program has other numbers, and a stack below 4 GiB.
  const known = table === null || stack < 0x1_0000_0000n ? undefined : tables[table].get(Number(number));
  if (known === undefined) return { kind: 'clock', call: `system call ${number}` };
  const [call, , , kind] = known;
  const argument = (index: number): number => Number(BigInt.asUintN(32, BigInt(rest[index] ?? 0)));
  if (typeof kind === 'object') return { kind: argument(kind.descriptorsAt) === 0 ? 'clock' : 'event', call };
  const how = kind === 'transfer' ? transferOn(`/proc/${pid}/fd/${argument(0)}`) : kind;
  return how === 'none' ? noSleep : { kind: how, call };
}

/** How a thread sleeps at this moment. One that may not be looked into sleeps in an unknown call. */
export function sleepOf(pid: number, tid: number): Sleep {
  const base = `/proc/${pid}/task/${tid}`;
  try {
    let call: string | null = null;
    try {
      call = textOf(`${base}/syscall`);
    } catch {
      // Another user's, or not dumpable: prctl(2), PR_SET_DUMPABLE.
    }
    const stat = textOf(`${base}/stat`);
    // Last: one that was woken since is running, or has stopped for its follower.
    const state = stat[stat.lastIndexOf(')') + 2];
    if (state === 'Z' || state === 'X') return { kind: 'ended' };
    if (state !== 'S') return noSleep;
    return call === null
      ? { kind: 'clock', call: 'an unknown system call' }
      : sleepIn(call, architecture, pid);
  } catch {
    return { kind: 'ended' };
  }
}

/** Fields 14 and 15 of proc_pid_stat(5) count hundredths of a second. */
const tickMs = 10;

/** Processor time of a process, milliseconds. */
export function processorMsOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return 0;
  }
}
