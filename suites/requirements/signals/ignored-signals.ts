import { defineDifferentialRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { inheritedIgnores } from '../disposition.ts';

/** SIGCHLD and SIGPIPE have requirements of their own, the terminal's stop signals are job-control-dispositions. */
const signals = ['SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGTERM'];

export const ignoredSignals = defineDifferentialRequirement({
  id: 'ignored-signals',
  area: 'signals',
  title: 'The daemon ignores no signal because its starter did',
  failureTitle: 'The daemon still ignores signals that were ignored when it was started',
  why: 'An ignored signal stays ignored across fork and exec: a daemon that inherits an ignored SIGTERM is not stopped by it, and one that inherits an ignored SIGALRM never times out.',
  remedy: 'Set every signal to SIG_DFL with sigaction(2) first of all, and then install your own handlers.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 2' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
    supervised: 'should',
  },
  restsOn: ['ignored-signals'],
  of: 'every-survivor',
  needs: ['signals'],
  shownIn: ['SigIgn'],
  check: (hostile, clean) => {
    const inherited = inheritedIgnores(signals, hostile, clean);
    return inherited.length === 0
      ? pass
      : fail({
          expected: 'the same signals are ignored as after the clean start',
          actual: `ignores ${inherited.join(', ')}`,
        });
  },
});
