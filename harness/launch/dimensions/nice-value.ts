import { getPriority } from 'node:os';
import { nice } from '../../libc/unistd.ts';
import { compare, type Dimension } from './dimension.ts';

/** setpriority(2). */
const nicest = 19;

export const niceValue: Dimension = {
  apply({ start }) {
    if (start.nice !== null) nice(start.nice);
  },
  needsFork: (start) => start.nice !== null,
  show: ({ facts, start }) =>
    start.nice === null ? null : compare(facts.nice, Math.min(getPriority() + start.nice, nicest)),
};
