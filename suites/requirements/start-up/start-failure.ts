import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeFailedStart } from '../failed-start.ts';

export const startFailure = defineProbeRequirement({
  id: 'start-failure',
  area: 'start-up',
  title: 'A start that fails says so, and leaves nothing',
  failureTitle: 'A start that fails is not told from one that succeeds',
  why: 'Whoever starts it knows only the status of the starter and what it says: a failure after the fork is lost.',
  remedy:
    'Report the failure to the waiting starter through a pipe, let it write the message and exit with a status other than 0, and take the end of the pipe for a failure too.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, steps 14 and 15' },
    { work: 'LSB', at: 'Init Script Actions' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  probe: 'start-failure',
  check: (found) => judgeFailedStart(found, 'with the arguments that are declared to fail'),
});
