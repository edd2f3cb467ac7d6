import { isUnreadable } from '../../../harness/facts/process.ts';
import type { Run } from '../../../harness/facts/run.ts';
import {
  defineRunRequirement,
  fail,
  inapplicable,
  inconclusive,
  pass,
} from '../../../harness/judge/requirement.ts';
import { daemonOf } from '../../../harness/judge/seen-by.ts';
import { launchFailure } from '../launch-outcome.ts';

function whatWentWrong(run: Run, foreground: boolean): string | null {
  const failure = launchFailure(run, foreground);
  if (failure !== null || foreground) return failure;
  return daemonOf(run)?.session === run.launch.session
    ? `the daemon stayed in session ${run.launch.session}, in which it was started`
    : null;
}

export const detachedStart = defineRunRequirement({
  id: 'detached-start',
  area: 'session',
  title: 'The program starts without a terminal, as a session leader',
  failureTitle: 'The program does not start without a terminal, as a session leader',
  why: 'cron, containers and supervisors start a program as the leader of a session without a terminal. setsid(2) fails with EPERM for a process group leader, and /dev/tty cannot be opened.',
  remedy: 'Call fork(2) before setsid(2) whatever the process is, and do without /dev/tty.',
  sources: [{ work: 'POSIX.1-2024', at: 'XSH setsid(), ERRORS [EPERM]' }],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'must',
  },
  starts: ['detached'],
  ofLaunch: true,
  check: (run, _policy, { plain, foreground }) => {
    const wrong = whatWentWrong(run, foreground);
    if (wrong === null) {
      const session = daemonOf(run)?.session;
      return isUnreadable(session) ? inconclusive(`session of the daemon: ${session.unreadable}`) : pass;
    }
    return plain === null || whatWentWrong(plain, foreground) === null
      ? fail({ expected: 'the program starts, in a session of its own', actual: wrong })
      : inapplicable(`it does not become a daemon after the ${plain.start} start either`);
  },
});
