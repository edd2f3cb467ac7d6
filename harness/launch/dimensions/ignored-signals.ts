import { isUnreadable } from '../../facts/process.ts';
import { signalNumber } from '../../libc/platform.ts';
import { SIG_IGN, signal } from '../../libc/signal.ts';
import { compare, type Dimension, sorted } from './dimension.ts';

export const ignoredSignals: Dimension = {
  apply({ start }) {
    for (const name of start.ignored) signal(signalNumber(name) ?? 0, SIG_IGN);
  },
  needsFork: (start) => start.ignored.length > 0,
  show({ facts: { signals }, start }) {
    if (start.ignored.length === 0) return null;
    if (isUnreadable(signals)) return { because: signals.unreadable };
    // What a system does not tell apart cannot be asked for; SIGCHLD is that on the BSDs.
    const told = start.ignored.filter((name) => !signals.ignoredOrDefault?.includes(name));
    return compare(sorted(signals.ignored), sorted(told));
  },
};
