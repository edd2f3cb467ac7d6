/** Signals by name, for the promises. */

import { platform, signalName, signalNumber } from '../../../harness/libc/platform.ts';
import {
  blockedSignals,
  harmlessHandler,
  kill,
  pendingSignals,
  SIG_IGN,
  sigaction,
  signalSet,
  sigprocmask,
} from '../../../harness/libc/signal.ts';

export type SignalName = NodeJS.Signals;

export function numberOf(name: SignalName): number {
  const number = signalNumber(name);
  if (number === undefined) throw new Error(`${name} is not known on this system`);
  return number;
}

export const block = (...names: readonly SignalName[]): void =>
  void sigprocmask(platform.SIG_BLOCK, signalSet(names.map(numberOf)));
export const unblock = (...names: readonly SignalName[]): void =>
  void sigprocmask(platform.SIG_UNBLOCK, signalSet(names.map(numberOf)));
export const ignore = (...names: readonly SignalName[]): void => {
  for (const name of names) sigaction(numberOf(name), { handler: SIG_IGN, flags: 0 });
};
/** A handler that does nothing, without SA_RESTART. */
export const catchQuietly = (name: SignalName, flags = 0): void =>
  void sigaction(numberOf(name), { handler: harmlessHandler, flags });
export const send = (pid: number, name: SignalName) => kill(pid, numberOf(name));

/** Names of the blocked signals that have come, in order of number; `nothing` without one. */
export const pending = (): string => pendingSignals().map(signalName).join(' ') || 'nothing';
export const blocked = (): string => blockedSignals().map(signalName).join(' ') || 'nothing';

/** What a hang-up or a change of jobs may send: to be blocked, so that it can be looked at. */
export const jobSignals: readonly SignalName[] = [
  'SIGHUP',
  'SIGCONT',
  'SIGTTIN',
  'SIGTTOU',
  'SIGTSTP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
];
