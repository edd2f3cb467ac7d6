import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeFailedStart } from '../failed-start.ts';

export const unreachableDirectory = defineProbeRequirement({
  id: 'unreachable-directory',
  area: 'files',
  title: 'A directory that cannot be entered makes the start fail',
  failureTitle: 'The daemon goes on where it was when it cannot enter its directory',
  why: 'A chdir() that nobody looks at leaves the daemon in the directory of whoever started it, with its files there.',
  remedy: 'Look at what chdir(2) returns, and let the start fail with a message.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH chdir(), ERRORS' },
    { work: 'daemon(3)', at: 'RETURN VALUE' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'must',
    pep3143: 'must',
    classic: 'should',
  },
  probe: 'unreachable-directory',
  check: (found) => judgeFailedStart(found, 'with a directory that does not exist'),
});
