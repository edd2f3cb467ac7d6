import { defineProbeRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

export const terminationSurvivors = defineProbeRequirement({
  id: 'termination-survivors',
  area: 'stopping',
  title: 'Nothing of the program survives the end of the daemon',
  failureTitle: 'Something of the program survives the end of the daemon',
  why: 'A worker that stays keeps the port, the lock and the files, and the next start fails.',
  remedy:
    'End the workers before the daemon ends, or let them notice, with PR_SET_PDEATHSIG or the end of a pipe.',
  sources: [
    { work: 'daemon(7)', at: 'New-Style Daemons' },
    { work: 'LSB', at: 'Init Script Actions, stop' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'must',
  },
  probe: 'termination',
  check: ({ endedAfterMs, survivors }) => {
    if (endedAfterMs === null) return inapplicable('it did not end');
    const named = survivors.map(({ pid, name }) => `process ${pid} (${name})`);
    return survivors.length === 0
      ? pass
      : fail({ expected: 'no process is left', actual: `left: ${named.join(', ')}` });
  },
});
