import { getpid, tcsetpgrp } from '../../libc/unistd.ts';
import { compare, type Dimension } from './dimension.ts';

export const foreground: Dimension = {
  // As an interactive shell does. SIGTTOU is blocked.
  apply({ start, placement: { terminal } }) {
    if (!start.sessionLeader && terminal >= 0 && start.terminal === 'foreground') {
      tcsetpgrp(terminal, getpid());
    }
  },
  show: ({ facts, start }) =>
    start.terminal === 'none'
      ? null
      : compare(
          facts.foregroundProcessGroup,
          start.terminal === 'background' ? facts.session : facts.processGroup,
        ),
};
