import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { endingOf, succeeded } from '../started.ts';

export const emptyEnvironment = defineProbeRequirement({
  id: 'empty-environment',
  area: 'environment',
  title: 'The program starts with an empty environment',
  failureTitle: 'The program does not start with an empty environment',
  why: 'At boot there is no HOME, no USER and often no PATH: what relies on them starts only by hand.',
  remedy: 'Look up what is needed, with getpwuid(3) for instance, or set it.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 4' },
    { work: 'POSIX.1-2024', at: 'XCU env, -i' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
    supervised: 'should',
  },
  probe: 'empty-environment',
  check: ({ start, foreground }) => {
    const stays = start.ending === null && start.left.length > 0;
    if (foreground ? stays : succeeded(start)) return pass;
    return fail({
      expected: 'it starts as it does otherwise',
      actual: endingOf(start),
      evidence: ['env -i PROGRAM ...'],
    });
  },
});
