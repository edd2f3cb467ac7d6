import { isUnreadable } from '../../facts/process.ts';
import { setsid } from '../../libc/unistd.ts';
import { compare, type Dimension } from './dimension.ts';

export const sessionLeader: Dimension = {
  apply({ start }) {
    if (start.sessionLeader) setsid();
  },
  show: ({ facts, start }) =>
    compare(isUnreadable(facts.session) ? facts.session : facts.session === facts.pid, start.sessionLeader),
};
