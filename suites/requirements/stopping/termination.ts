import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeTermination } from '../termination.ts';
export const termination = defineProbeRequirement({
  id: 'termination',
  area: 'stopping',
  title: 'SIGTERM ends the daemon',
  failureTitle: 'SIGTERM does not end the daemon',
  why: 'SIGTERM is how a daemon is stopped: by kill, by init scripts, and by the system when it shuts down.',
  remedy: 'Leave SIGTERM at its default, or handle it by ending in good order.',
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
  check: judgeTermination,
});
