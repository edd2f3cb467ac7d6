import {
  defineDifferentialRequirement,
  fail,
  inapplicable,
  pass,
} from '../../../harness/judge/requirement.ts';
import { inheritedIgnores } from '../disposition.ts';

export const ignoredSigchld = defineDifferentialRequirement({
  id: 'ignored-sigchld',
  area: 'signals',
  title: 'The daemon does not ignore SIGCHLD because its starter did',
  failureTitle: 'The daemon still ignores SIGCHLD as it was when it was started',
  why: 'While SIGCHLD is ignored children leave no status: waitpid(2) fails with ECHILD, and every program the daemon runs meets the same.',
  remedy:
    'Set SIGCHLD to SIG_DFL with sigaction(2) first of all. Where no status is wanted, choose SIG_IGN or SA_NOCLDWAIT yourself.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 2' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
    { work: 'POSIX.1-2024', at: 'XSH wait(), ERRORS [ECHILD]' },
    { work: 'FreeBSD, OpenBSD and NetBSD', at: 'sys/kern/kern_sig.c, execsigs()' },
  ],
  // Two of the classic recipes ignore it on purpose.
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
  check: (hostile, clean) => {
    // The BSDs, none of which tells SIG_IGN from SIG_DFL here; whatever it is, the daemon chose it.
    if (hostile.signals.ignoredOrDefault?.includes('SIGCHLD')) {
      return inapplicable('on this system execve(2) resets an ignored SIGCHLD: nobody inherits it');
    }
    return inheritedIgnores(['SIGCHLD'], hostile, clean).length === 0
      ? pass
      : fail({ expected: 'not ignored, as after the clean start', actual: 'ignored' });
  },
});
