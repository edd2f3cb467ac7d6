import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeChannels } from '../held-by.ts';
export const inheritedPipe = defineProbeRequirement({
  id: 'inherited-pipe',
  area: 'descriptors',
  title: 'A pipe of the launcher comes to its end when the starter has returned',
  failureTitle: 'A pipe of the launcher does not come to its end when the starter has returned',
  why: 'Whoever left a pipe open by mistake reads it to its end: as long as the daemon holds the other end, that reader hangs.',
  remedy: 'Close every descriptor from 3 up before opening your own: close_range(3, ~0U, 0) or closefrom(3).',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 1' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  failsWith: [
    {
      id: 'inherited-descriptors',
      because: 'whoever holds the pipe has one of the planted descriptors open',
    },
  ],
  probe: 'inherited-pipe',
  check: ({ channels }) => judgeChannels(channels),
});
