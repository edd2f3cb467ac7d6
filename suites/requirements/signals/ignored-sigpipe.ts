import { defineDifferentialRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { inheritedIgnores } from '../disposition.ts';

export const ignoredSigpipe = defineDifferentialRequirement({
  id: 'ignored-sigpipe',
  area: 'signals',
  title: 'The daemon does not ignore SIGPIPE because its starter did',
  failureTitle: 'The daemon still ignores SIGPIPE as it was when it was started',
  why: 'Started from a program that ignores SIGPIPE, as many languages do, the pipelines a daemon runs do not end when their reader does: they go on, and fail with EPIPE.',
  remedy:
    'Set SIGPIPE to SIG_DFL with sigaction(2) first of all, and to SIG_IGN where the daemon wants EPIPE.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 2' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
    { work: 'POSIX.1-2024', at: 'XSH write(), ERRORS [EPIPE]' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'should',
    pep3143: 'should',
    classic: 'may',
    supervised: 'should',
  },
  restsOn: ['ignored-signals'],
  of: 'every-survivor',
  needs: ['signals'],
  shownIn: ['SigIgn'],
  check: (hostile, clean) =>
    inheritedIgnores(['SIGPIPE'], hostile, clean).length === 0
      ? pass
      : fail({ expected: 'not ignored, as after the clean start', actual: 'ignored' }),
});
