import type { ProcessState } from '../../../harness/facts/process.ts';
import { defineRequirement, fail, inconclusive, pass } from '../../../harness/judge/requirement.ts';

const halted: Readonly<Partial<Record<ProcessState, string>>> = {
  T: 'stopped',
  Z: 'ended, and not waited for',
  X: 'ended',
};

export const runState = defineRequirement({
  id: 'run-state',
  area: 'process',
  title: 'The daemon is neither stopped nor a zombie',
  failureTitle: 'The daemon does not run',
  why: 'A process that touches its terminal from the background is stopped by SIGTTIN or SIGTTOU and waits there for ever; one that has ended serves nobody.',
  remedy:
    'Leave the terminal with setsid(2) and move the standard streams to /dev/null before anything reads or writes them.',
  sources: [{ work: 'POSIX.1-2024', at: 'XBD 11.1.4 Terminal Access Control' }],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'must',
  },
  needs: ['state'],
  check: ({ state }) => {
    // For a moment at each event, ptrace(2): how it would go on is not to be seen.
    if (state === 't')
      return inconclusive('a tracer holds the process (state t)', 'launch it without the tracer');
    const how = halted[state];
    return how === undefined
      ? pass
      : fail({ expected: 'running or sleeping', actual: `${how} (state ${state})` });
  },
});
