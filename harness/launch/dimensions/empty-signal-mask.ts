import { isUnreadable } from '../../facts/process.ts';
import { compare, type Dimension, sorted } from './dimension.ts';

/** Set with the mask in which something is blocked, blocked-signals.ts. */
export const emptySignalMask: Dimension = {
  show: ({ facts: { signals }, start }) =>
    start.blocked.length > 0
      ? null
      : compare(isUnreadable(signals) ? signals : sorted(signals.blocked), 'none'),
};
