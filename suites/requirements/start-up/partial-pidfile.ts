import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const partialPidfile = defineProbeRequirement({
  id: 'partial-pidfile',
  area: 'start-up',
  title: 'The pidfile is never seen before it is complete',
  failureTitle: 'The pidfile is seen before it is complete',
  why: 'Whoever waits for the pidfile reads it as soon as it appears: an empty one is an error, half a number another process.',
  remedy: 'Write it under another name and link(2) or rename(2) it when it is complete.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH rename(), RATIONALE' },
    { work: 'systemd.service(5)', at: 'PIDFile=' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
  },
  probe: 'partial-pidfile',
  check: ({ path, attempts, looks, unfinished }) => {
    const [seen] = unfinished;
    if (seen === undefined) return pass;
    const { read, became, afterMs } = seen;
    return fail({
      expected: `whenever ${path} is there, it is complete`,
      actual: `it was seen unfinished in ${unfinished.length} of ${attempts} starts`,
      evidence: [
        `${JSON.stringify(read)} after ${afterMs.toFixed(1)} ms, and later ${JSON.stringify(became)}`,
        `${looks} looks`,
      ],
    });
  },
});
