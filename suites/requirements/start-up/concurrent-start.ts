import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const concurrentStart = defineProbeRequirement({
  id: 'concurrent-start',
  area: 'start-up',
  title: 'Of several starts at once exactly one comes to a daemon',
  failureTitle: 'Several starts at once come to several daemons, or to none',
  why: 'A look at the pidfile and the decision that follows from it are two steps, and another start comes between them.',
  remedy: 'Take a lock, or create the file with O_EXCL: a call that looks and decides in one.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 12' },
    { work: 'POSIX.1-2024', at: 'XSH open(), O_EXCL' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'must',
    pep3143: 'should',
  },
  probe: 'concurrent-start',
  check: ({ racers, survivors, said }) => {
    const wrong = survivors.filter((count) => count !== 1);
    if (wrong.length === 0) return pass;
    return fail({
      expected: `one daemon of ${racers} starts at once`,
      actual: `${wrong.join(', ')} in ${wrong.length} of ${survivors.length} rounds`,
      evidence: said.map((line) => `one of those that were refused said "${line}"`),
    });
  },
});
