import { setpgid } from '../../libc/unistd.ts';
import { compare, type Dimension } from './dimension.ts';

/** In every start state: as a shell starts a job, and the leader of a session is that too. */
export const processGroupLeader: Dimension = {
  apply({ start }) {
    if (!start.sessionLeader) setpgid(0, 0);
  },
  show: ({ facts }) => compare(facts.processGroup, facts.pid),
};
