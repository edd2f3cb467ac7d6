/** <signal.h>: dispositions, masks and kill(2). Signals are numbers here; names are in platform.ts. */

import { type CallResult, koffi, libc, returned } from './library.ts';
import { resetThreadSignals } from './linux/rt-sigaction.ts';
import { platform } from './platform.ts';

const c = {
  signal: libc.func('intptr_t signal(int signo, intptr_t handler)'),
  sigprocmask: libc.func('int sigprocmask(int how, const void *set, _Out_ void *old)'),
  kill: libc.func('int kill(int pid, int signo)'),
  sigaction: libc.func('int sigaction(int signo, const void *action, _Out_ void *previous)'),
  readAction: libc.func('sigaction', 'int', ['int', 'intptr_t', koffi.out(koffi.pointer('void'))]),
  readMask: libc.func('sigprocmask', 'int', ['int', 'intptr_t', koffi.out(koffi.pointer('void'))]),
  sigpending: libc.func('int sigpending(_Out_ void *set)'),
  sigwait: libc.func('int sigwait(const void *set, _Out_ int *signo)'),
  sigsuspend: libc.func('int sigsuspend(const void *mask)'),
};

/** Values of signal(2) that need no code: default and ignored. A handler in JavaScript is not possible. */
export const SIG_DFL = 0;
export const SIG_IGN = 1;

/** A sigset_t as the C library lays it out: bit n-1 is signal n. */
export function signalSet(signals: Iterable<number>): Buffer {
  const set = Buffer.alloc(platform.sigsetBytes);
  for (const signal of signals) {
    const byte = (signal - 1) >> 3;
    set[byte] = (set[byte] ?? 0) | (1 << ((signal - 1) & 7));
  }
  return set;
}

/** Every signal, for a stretch in which none may arrive. */
export const everySignal: Buffer = Buffer.alloc(platform.sigsetBytes, 0xff);

const previous = Buffer.alloc(platform.sigsetBytes);

/** POSIX.1-2024 XSH signal(): EINVAL. Value: the former disposition. */
export const signal = (signo: number, handler: number): CallResult => returned(c.signal(signo, handler));
/** POSIX.1-2024 XSH sigprocmask(): EINVAL. `how` is SIG_BLOCK, SIG_UNBLOCK or SIG_SETMASK of the platform. */
export const sigprocmask = (how: number, set: Buffer): CallResult =>
  returned(c.sigprocmask(how, set, previous));
/** POSIX.1-2024 XSH kill(): EINVAL, EPERM, ESRCH. Negative pids name process groups. */
export const kill = (pid: number, signo: number): CallResult => returned(c.kill(pid, signo));

/** Every disposition back to default: exec() hands on ignored signals, POSIX.1-2024 XSH exec. */
export function resetDispositions(): void {
  for (let signo = 1; signo <= platform.lastSignal; signo++) {
    if (!platform.reservedSignals.includes(signo)) c.signal(signo, SIG_DFL);
  }
  resetThreadSignals();
}

/** Address of a C function of one int that does nothing: a signal handler, since one in JavaScript is not possible. */
export const harmlessHandler = Number(libc.symbol('abs', 'void'));

export const { SA_NOCLDSTOP, SA_NOCLDWAIT, SA_RESTART, SA_NODEFER, SA_RESETHAND } = platform;

export interface Action {
  readonly handler: number;
  readonly flags: number;
}

const { bytes: actionBytes, flags: flagsAt } = platform.sigaction;

/** POSIX.1-2024 XSH sigaction() with an empty mask: EINVAL. `previous` is what was in force. */
export function sigaction(
  signo: number,
  { handler, flags }: Action,
): CallResult & { readonly previous: Action } {
  const action = Buffer.alloc(actionBytes);
  action.writeBigUInt64LE(BigInt(handler), 0);
  action.writeUInt32LE(flags, flagsAt);
  const old = Buffer.alloc(actionBytes);
  const result = returned(c.sigaction(signo, action, old));
  return {
    ...result,
    previous: { handler: Number(old.readBigUInt64LE(0)), flags: old.readUInt32LE(flagsAt) },
  };
}

/** sigaction() with a null `act`: what is in force, changed by nothing. */
export function disposition(signo: number): CallResult & Action {
  const old = Buffer.alloc(actionBytes);
  const result = returned(c.readAction(signo, 0, old));
  return { ...result, handler: Number(old.readBigUInt64LE(0)), flags: old.readUInt32LE(flagsAt) };
}

/** Numbers in a set. */
export function signalsIn(set: Buffer): readonly number[] {
  const numbers: number[] = [];
  for (let signo = 1; signo <= platform.lastSignal; signo++) {
    if (((set[(signo - 1) >> 3] ?? 0) >> ((signo - 1) & 7)) & 1) numbers.push(signo);
  }
  return numbers;
}

/** sigprocmask() with a null `set`: the signals that are blocked. */
export function blockedSignals(): readonly number[] {
  const set = Buffer.alloc(platform.sigsetBytes);
  c.readMask(0, 0, set);
  return signalsIn(set);
}

/** POSIX.1-2024 XSH sigpending(): blocked signals that have come. */
export function pendingSignals(): readonly number[] {
  const set = Buffer.alloc(platform.sigsetBytes);
  c.sigpending(set);
  return signalsIn(set);
}

/** POSIX.1-2024 XSH sigsuspend(): returns only with EINTR. */
export const sigsuspend = (mask: Buffer): CallResult => returned(c.sigsuspend(mask));

/** POSIX.1-2024 XSH sigwait(): takes a signal of the set, all of which are blocked. Null: EINVAL. */
export function sigwait(set: Buffer): number | null {
  const signo = [0];
  return c.sigwait(set, signo) === 0 ? (signo[0] ?? null) : null;
}
