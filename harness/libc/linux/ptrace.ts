/**
 * <sys/ptrace.h>, Linux: one process follows and holds another. All requests but PTRACE_SEIZE come from the thread
 * that follows, and find the other one stopped; ESRCH says that it is not, or has ended.
 */

import { type CallResult, type ErrnoName, functionIfAny, returned } from '../library.ts';

// Variadic in the header, but always with pointers: those travel alike on every 64-bit Linux.
const call = functionIfAny('intptr_t ptrace(int request, int pid, intptr_t address, intptr_t data)');
const callInto = functionIfAny('intptr_t ptrace(int request, int pid, intptr_t address, _Out_ void *data)');

const PTRACE_CONT = 7;
const PTRACE_DETACH = 17;
const PTRACE_SYSCALL = 24;
const PTRACE_GETEVENTMSG = 0x4201;
const PTRACE_SEIZE = 0x4206;
const PTRACE_LISTEN = 0x4208;
const PTRACE_GET_SYSCALL_INFO = 0x420e;

/** Bits of PTRACE_SEIZE, <linux/ptrace.h>. */
export const PTRACE_O_TRACESYSGOOD = 1;
export const PTRACE_O_TRACEFORK = 2;
export const PTRACE_O_TRACEVFORK = 4;
export const PTRACE_O_TRACECLONE = 8;
export const PTRACE_O_TRACEEXEC = 0x10;
export const PTRACE_O_EXITKILL = 0x100000;

/** Option of waitpid(2): children of every kind, and whoever is followed. */
export const __WALL = 0x40000000;

const request = (number: number, pid: number, data: number): CallResult =>
  call === null ? { value: -1, errno: 'ENOSYS' } : returned(Number(call(number, pid, 0, data)));

/** PTRACE_SEIZE: follows a process without stopping it. EPERM where that is refused. */
export const seize = (pid: number, options: number): CallResult => request(PTRACE_SEIZE, pid, options);
/** PTRACE_CONT: lets it go on, with the signal it stopped for, 0 for none. */
export const letGoOn = (pid: number, signo: number): CallResult => request(PTRACE_CONT, pid, signo);
/** PTRACE_SYSCALL: lets it go on to the next beginning or end of a system call. */
export const letStep = (pid: number, signo: number): CallResult => request(PTRACE_SYSCALL, pid, signo);
/** PTRACE_LISTEN: leaves it in its group-stop until it is continued, XBD 3.192 in POSIX.1-2024. */
export const leaveStopped = (pid: number): CallResult => request(PTRACE_LISTEN, pid, 0);
/** PTRACE_DETACH: follows it no longer and lets it go on. */
export const detach = (pid: number, signo: number): CallResult => request(PTRACE_DETACH, pid, signo);

const message = Buffer.alloc(8);

/** PTRACE_GETEVENTMSG: the new process of a fork, the former thread ID of an exec. 0 if it cannot be told. */
export function eventMessage(pid: number): number {
  if (callInto === null) return 0;
  return returned(Number(callInto(PTRACE_GETEVENTMSG, pid, 0, message))).errno === null
    ? Number(message.readBigUInt64LE(0))
    : 0;
}

/**
 * struct ptrace_syscall_info: operation at 0, AUDIT_ARCH_ at 4; at 24 the number of the call that begins, or the value
 * returned, and whether that is an error at 32.
 */
const information = Buffer.alloc(88);
const PTRACE_SYSCALL_INFO_EXIT = 2;
/** <linux/audit.h>: of a program that counts its calls by the table of a 64-bit one. */
const AUDIT_ARCH_64BIT = 0x80000000;

export type CallStop =
  | { readonly kind: 'ended'; readonly value: number; readonly failed: boolean }
  /** `number`: null for that of a 32-bit program, which has others. */
  | { readonly kind: 'beginning'; readonly number: number | null }
  | { readonly kind: 'unknown'; readonly errno: ErrnoName };

/** PTRACE_GET_SYSCALL_INFO, Linux 5.3: the call at whose beginning or end it stopped; EIO before. */
export function callStop(pid: number): CallStop {
  if (callInto === null) return { kind: 'unknown', errno: 'ENOSYS' };
  const { errno } = returned(Number(callInto(PTRACE_GET_SYSCALL_INFO, pid, information.length, information)));
  if (errno !== null) return { kind: 'unknown', errno };
  if (information[0] !== PTRACE_SYSCALL_INFO_EXIT) {
    const is64Bit = information.readUInt32LE(4) >= AUDIT_ARCH_64BIT;
    return { kind: 'beginning', number: is64Bit ? Number(information.readBigInt64LE(24)) : null };
  }
  const failed = information[32] !== 0;
  return { kind: 'ended', value: Number(information.readBigInt64LE(24)), failed };
}

/** Why a followed process stopped, from its wait status. */
export type PtraceStop =
  /** A signal is about to be delivered. */
  | { readonly kind: 'signal'; readonly signo: number }
  | { readonly kind: 'system-call' }
  | { readonly kind: 'fork' | 'vfork' | 'clone' | 'exec' }
  /** SIGSTOP, SIGTSTP, SIGTTIN or SIGTTOU has stopped its whole process. */
  | { readonly kind: 'group-stop' }
  /** A new one before its first instruction; or one that goes on after a group-stop. */
  | { readonly kind: 'trap' };

const SIGTRAP = 5;
const eventKinds = { 1: 'fork', 2: 'vfork', 3: 'clone', 4: 'exec' } as const;
const PTRACE_EVENT_STOP = 128;

/** ptrace(2), Stopped states; null if it has ended or goes on. */
export function ptraceStop(waitStatus: number): PtraceStop | null {
  if ((waitStatus & 0xff) !== 0x7f) return null;
  const signo = (waitStatus >> 8) & 0xff;
  const event = waitStatus >> 16;
  if (event === PTRACE_EVENT_STOP) return { kind: signo === SIGTRAP ? 'trap' : 'group-stop' };
  if (event === 1 || event === 2 || event === 3 || event === 4) return { kind: eventKinds[event] };
  return signo === (SIGTRAP | 0x80) ? { kind: 'system-call' } : { kind: 'signal', signo };
}
