import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeChannels } from '../held-by.ts';
export const capturedOutput = defineProbeRequirement({
  id: 'captured-output',
  area: 'descriptors',
  title: 'Captured output comes to its end when the starter has returned',
  failureTitle: 'Captured output does not come to its end when the starter has returned',
  why: 'ssh, CI jobs and $(...) wait for the end of what they capture, and not for the end of the starter: a daemon that keeps a descriptor keeps them waiting for ever.',
  remedy: 'Put the null device on 0, 1 and 2 with dup2(2), and close every copy of them.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, steps 1 and 9' },
    { work: 'POSIX.1-2024', at: 'XSH read(), DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  probe: 'captured-output',
  check: ({ channels }) => judgeChannels(channels),
});
