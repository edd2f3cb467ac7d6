/** <signal.h>: dispositions, masks and kill(2). Signals are numbers here; names are in platform.ts. */

import { libc, type Returned, returned } from './library.ts';
import { platform } from './platform.ts';

const c = {
  signal: libc.func('intptr_t signal(int signo, intptr_t handler)'),
  sigprocmask: libc.func('int sigprocmask(int how, const void *set, _Out_ void *old)'),
  kill: libc.func('int kill(int pid, int signo)'),
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
export const signal = (signo: number, handler: number): Returned => returned(c.signal(signo, handler));
/** POSIX.1-2024 XSH sigprocmask(): EINVAL. `how` is SIG_BLOCK, SIG_UNBLOCK or SIG_SETMASK of the platform. */
export const sigprocmask = (how: number, set: Buffer): Returned => returned(c.sigprocmask(how, set, previous));
/** POSIX.1-2024 XSH kill(): EINVAL, EPERM, ESRCH. Negative pids name process groups. */
export const kill = (pid: number, signo: number): Returned => returned(c.kill(pid, signo));

/** Every disposition back to default: exec() hands on ignored signals, POSIX.1-2024 XSH exec. */
export function resetDispositions(): void {
  for (let signo = 1; signo <= platform.lastSignal; signo++) {
    if (!platform.reservedSignals.includes(signo)) c.signal(signo, SIG_DFL);
  }
}
