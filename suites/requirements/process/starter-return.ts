import { defineRunRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { lastWordOf } from '../launch-outcome.ts';

export const starterReturn = defineRunRequirement({
  id: 'starter-return',
  area: 'process',
  title: 'The starter returns',
  failureTitle: 'The starter does not return',
  why: 'Whoever starts a daemon waits for the starter; a start script or a package installation hangs until it ends.',
  remedy:
    'Call fork(2) and leave the original process with _exit(2) once the daemon is ready. If the program has an option to go to the background, pass it; if it is meant to stay, judge it with --profile supervised.',
  sources: [{ work: 'daemon(7)', at: 'SysV Daemons, step 15' }],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  // After the other starts, closed-standard-streams and detached-start say it.
  starts: ['clean', 'hostile', 'leader', 'captured', 'supervised'],
  ofLaunch: true,
  check: (run) => {
    if (run.starter.returnedAfterMs !== null) return pass;
    if (run.sigchldDecides === true) {
      return inapplicable('it returns if SIGCHLD is not ignored: ignored-sigchld-start says so');
    }
    return fail({
      expected: 'the starter returns',
      actual: `process ${run.starter.pid} was still there ${
        run.settling.by === 'asleep' ? 'when nothing was left that could wake it' : 'at the deadline'
      }${lastWordOf(run.starter)}`,
      shownBy: [{ pid: run.starter.pid, facts: ['state', 'session'] }],
    });
  },
});
