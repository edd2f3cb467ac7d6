import { isUnreadable } from '../../facts/process.ts';
import type { StartState } from '../../facts/start-state.ts';
import { platform, signalNumber } from '../../libc/platform.ts';
import { signalSet, sigprocmask } from '../../libc/signal.ts';
import { compare, type Dimension, sorted } from './dimension.ts';

/** The signal mask of a start state, without what this system has not. */
export function maskOf(start: StartState): ReturnType<typeof signalSet> {
  return signalSet(start.blocked.map((name) => signalNumber(name) ?? 0).filter((number) => number > 0));
}

export const blockedSignals: Dimension = {
  apply({ start }) {
    sigprocmask(platform.SIG_SETMASK, maskOf(start));
  },
  show: ({ facts: { signals }, start }) =>
    start.blocked.length === 0
      ? null
      : compare(isUnreadable(signals) ? signals : sorted(signals.blocked), sorted(start.blocked)),
};
