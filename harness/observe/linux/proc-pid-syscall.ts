/**
 * /proc/PID/syscall, proc_pid_syscall(5), and which system calls wait for ever: their numbers on x86-64 and in the
 * generic table (arm64, riscv64, loong64), and the argument that would be their timeout.
 */

import { type DescriptorKind, type Fact, isUnreadable, unreadable } from '../../facts/process.ts';
import { reading, textOf } from './reading.ts';
import { byNumber, type SyscallTable } from './syscall-table.ts';

export type ProcPidSyscall =
  | { readonly kind: 'running' }
  /** Blocked, but not in a system call: a page fault, for instance. */
  | { readonly kind: 'outside-call' }
  | {
      readonly kind: 'in-call';
      readonly number: number;
      /** Six registers. A 32-bit argument may carry anything in its upper half. */
      readonly arguments: readonly bigint[];
      readonly stackPointer: bigint;
    };

export function parseProcPidSyscall(text: string): Fact<ProcPidSyscall> {
  const fields = text.trim().split(' ');
  const number = Number(fields[0]);
  if (fields[0] === 'running') return { kind: 'running' };
  if (fields[0] === '-1') return { kind: 'outside-call' };
  if (fields.length !== 9 || !Number.isInteger(number)) {
    return unreadable(`syscall is cut short: ${JSON.stringify(text)}`);
  }
  const registers = fields.slice(1).map(BigInt);
  return {
    kind: 'in-call',
    number,
    arguments: registers.slice(0, 6),
    stackPointer: registers[6] ?? 0n,
  };
}

/** Needs PTRACE_MODE_ATTACH_FSCREDS, ptrace(2): EACCES or EPERM for another user's process. */
export function readProcPidSyscall(path: string): Fact<ProcPidSyscall> {
  const text = reading(path, textOf);
  return isUnreadable(text) ? text : parseProcPidSyscall(text);
}

type Wait =
  | { readonly until: 'event' }
  /** Argument at this index points to the timeout; for ever if it is NULL. */
  | { readonly until: 'event-or-timespec'; readonly index: number }
  /** Argument at this index is an int of milliseconds; for ever if it is negative. */
  | { readonly until: 'event-or-milliseconds'; readonly index: number }
  /** Depends on what descriptor argument 0 is. */
  | { readonly until: 'sent' | 'received' }
  | { readonly until: 'futex' }
  | { readonly until: 'file-lock' };

const event: Wait = { until: 'event' };
const sent: Wait = { until: 'sent' };
const received: Wait = { until: 'received' };
const timespec = (index: number): Wait => ({ until: 'event-or-timespec', index });
const milliseconds = (index: number): Wait => ({ until: 'event-or-milliseconds', index });

/**
 * Waits that can be for ever: name, number on x86-64, number in the generic table. Sources: section 2 of the manual
 * for the arguments, asm/unistd_64.h and asm-generic/unistd.h for the numbers.
 *
 * Left out because a clock may end them unseen: send(2) and connect(2) on sockets (SO_SNDTIMEO), nanosleep(2),
 * restart_syscall(2), which continues a wait that had a timeout, io_uring_enter(2).
 */
const waits: readonly (readonly [string, number | null, number | null, Wait])[] = [
  ['read', 0, 63, received],
  ['write', 1, 64, sent],
  ['readv', 19, 65, received],
  ['writev', 20, 66, sent],
  ['accept', 43, 202, received],
  ['accept4', 288, 242, received],
  ['recvfrom', 45, 207, received],
  ['recvmsg', 47, 212, received],
  ['poll', 7, null, milliseconds(2)],
  ['ppoll', 271, 73, timespec(2)],
  ['select', 23, null, timespec(4)],
  ['pselect6', 270, 72, timespec(4)],
  ['epoll_wait', 232, null, milliseconds(3)],
  ['epoll_pwait', 281, 22, milliseconds(3)],
  ['epoll_pwait2', 441, 441, timespec(3)],
  ['pause', 34, null, event],
  ['rt_sigsuspend', 130, 133, event],
  ['rt_sigtimedwait', 128, 137, timespec(2)],
  ['wait4', 61, 260, event],
  ['waitid', 247, 95, event],
  ['futex', 202, 98, { until: 'futex' }],
  ['futex_waitv', 449, 449, timespec(3)],
  ['futex_wait', 455, 455, timespec(4)],
  ['flock', 73, 32, event],
  ['fcntl', 72, 25, { until: 'file-lock' }],
  ['msgrcv', 70, 188, event],
  ['msgsnd', 69, 189, event],
  ['semop', 65, 193, event],
  ['semtimedop', 220, 192, timespec(3)],
  ['mq_timedreceive', 243, 183, timespec(4)],
  ['mq_timedsend', 242, 182, timespec(4)],
];

const waiting = byNumber(waits);

const rtSigtimedwait: Readonly<Record<SyscallTable, number>> = { x64: 128, generic: 137 };

/** What a descriptor of the sleeping process is, as far as waiting on it matters. */
export interface AwaitedDescriptor {
  readonly kind: DescriptorKind;
  readonly target: string;
}

// Reading these blocks until something else happens. A timerfd is judged by its fdinfo.
const endlessAnonymous: ReadonlySet<string> = new Set([
  'anon_inode:[eventfd]',
  'anon_inode:[signalfd]',
  'anon_inode:[timerfd]',
  'anon_inode:inotify',
  'anon_inode:[fanotify]',
]);

/**
 * Whether no timeout of the call itself can end it. False also for a call, or a file, that is not known to wait.
 *
 * @param receivesForEver asked of a socket from which something is to be received
 */
export function waitsWithoutTimeout(
  call: ProcPidSyscall,
  table: SyscallTable,
  descriptor: (fd: number) => AwaitedDescriptor | null,
  receivesForEver: (fd: number) => boolean,
): boolean {
  if (call.kind !== 'in-call') return false;
  // The file does not say by which table the number goes. A stack below 4 GiB is that of a 32-bit program.
  if (call.stackPointer < 0x1_0000_0000n) return false;
  const wait = waiting[table].get(call.number)?.[3];
  if (wait === undefined) return false;
  const argument = (index: number): bigint => call.arguments[index] ?? 1n;
  switch (wait.until) {
    case 'event':
      return true;
    case 'event-or-timespec':
      return argument(wait.index) === 0n;
    case 'event-or-milliseconds':
      // -1 shows as 0xffffffff or 0xffffffffffffffff: what the caller left in the upper half.
      return BigInt.asIntN(32, argument(wait.index)) < 0n;
    case 'sent':
      return transfersWithoutTimeout(descriptor(descriptorIn(argument(0))));
    case 'received': {
      const fd = descriptorIn(argument(0));
      const awaited = descriptor(fd);
      return awaited?.kind === 'socket' ? receivesForEver(fd) : transfersWithoutTimeout(awaited);
    }
    case 'futex':
      return futexWaits(argument(1)) && argument(3) === 0n;
    case 'file-lock':
      return locks.has(BigInt.asUintN(32, argument(1)));
  }
}

const descriptorIn = (argument: bigint): number => Number(BigInt.asUintN(32, argument));

/** A terminal is no such file: VTIME, termios(3), may end a read. Of other devices nothing is known. */
function transfersWithoutTimeout(awaited: AwaitedDescriptor | null): boolean {
  if (awaited === null) return false;
  return awaited.kind === 'pipe' || (awaited.kind === 'anonymous' && endlessAnonymous.has(awaited.target));
}

// linux/futex.h: FUTEX_WAIT, LOCK_PI, WAIT_BITSET, WAIT_REQUEUE_PI, LOCK_PI2, without the flags
// FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME.
const futexOperations: ReadonlySet<bigint> = new Set([0n, 6n, 9n, 11n, 13n]);
function futexWaits(operation: bigint): boolean {
  return futexOperations.has(operation & 0x7fn);
}

// asm-generic/fcntl.h: F_SETLKW, F_OFD_SETLKW
const locks: ReadonlySet<bigint> = new Set([7n, 38n]);

/** It waits in sigwait(3), sigwaitinfo(2) or sigtimedwait(2), which take a signal that is blocked. */
export function awaitsSignal(call: ProcPidSyscall, table: SyscallTable): boolean {
  return call.kind === 'in-call' && call.number === rtSigtimedwait[table];
}
