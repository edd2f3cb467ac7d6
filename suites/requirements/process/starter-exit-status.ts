import { defineRunRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { endingOf, exitedWithZero, lastWordOf } from '../launch-outcome.ts';

export const starterExitStatus = defineRunRequirement({
  id: 'starter-exit-status',
  area: 'process',
  title: 'The starter exits with status 0',
  failureTitle: 'The starter does not exit with status 0',
  why: 'The exit status is all that a start script, a package manager or a supervisor learns of the start.',
  remedy:
    'Leave the original process with _exit(0) once the daemon is ready. A signal here often means that the parent ended before the child had left its process group.',
  sources: [
    { work: 'LSB Core', at: 'Init Script Actions' },
    { work: 'daemon(7)', at: 'SysV Daemons, step 15' },
  ],
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
  check: ({ starter, sigchldDecides }) => {
    if (starter.returnedAfterMs === null) return inapplicable('the program is still in the foreground');
    if (exitedWithZero(starter)) return pass;
    if (sigchldDecides === true) {
      return inapplicable('it does if SIGCHLD is not ignored: ignored-sigchld-start says so');
    }
    return fail({
      expected: 'exit status 0',
      actual: `process ${starter.pid} ${endingOf(starter)}${lastWordOf(starter)}`,
    });
  },
});
