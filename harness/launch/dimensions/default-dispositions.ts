import { isUnreadable } from '../../facts/process.ts';
import { resetDispositions } from '../../libc/signal.ts';
import { compare, type Dimension, sorted } from './dimension.ts';

export const defaultDispositions: Dimension = {
  apply: () => resetDispositions(),
  show: ({ facts: { signals }, start }) =>
    start.ignored.length > 0
      ? null
      : compare(isUnreadable(signals) ? signals : sorted([...signals.ignored, ...signals.caught]), 'none'),
};
