import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { endingOf, succeeded } from '../started.ts';

export const stalePidfile = defineProbeRequirement({
  id: 'stale-pidfile',
  area: 'start-up',
  title: 'A pidfile that was left keeps nothing from starting, and nobody is sent a signal',
  failureTitle: 'A pidfile that was left is believed',
  why: 'After a crash or a power cut the pidfile names nobody, or a process that has been given the number since.',
  remedy: 'Hold a lock on the pidfile for as long as the daemon runs, and believe the lock, not the number.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 12' },
    { work: 'LSB', at: 'Init Script Actions, status 1' },
    { work: 'POSIX.1-2024', at: 'XBD 4.16 Process ID Reuse' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'must',
  },
  probe: 'stale-pidfile',
  check: ({ path, starts }) => {
    const wrong = starts.flatMap(({ named, start, signals }) => {
      const whose = named === 'gone' ? 'a process that is gone' : 'another process';
      return [
        ...(signals.length > 0 ? [`it sent ${whose} ${signals.join(', ')}`] : []),
        ...(succeeded(start) ? [] : [`with the number of ${whose} it does not start: ${endingOf(start)}`]),
      ];
    });
    if (wrong.length === 0) return pass;
    return fail({
      expected: `it starts although ${path} is there, and signals nobody`,
      actual: wrong.join('; '),
      evidence: [`echo $$ >${path}, and start it`],
    });
  },
});
