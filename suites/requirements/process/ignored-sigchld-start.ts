import { defineRunRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { launchFailure } from '../launch-outcome.ts';

export const ignoredSigchldStart = defineRunRequirement({
  id: 'ignored-sigchld-start',
  area: 'process',
  title: 'The program starts as well when SIGCHLD was ignored',
  failureTitle: 'The program does not start when SIGCHLD is ignored',
  why: 'An ignored SIGCHLD may stay ignored across exec: children then leave no status, and waitpid(2) fails with ECHILD once the last has ended. A starter that relies on that status reports a failure that did not happen, or waits for ever.',
  remedy:
    'Set SIGCHLD to SIG_DFL with sigaction(2) before the first fork(2), and treat ECHILD from waitpid(2) as an unknown status.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
    { work: 'POSIX.1-2024', at: 'XSH wait(), ERRORS [ECHILD]' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
  },
  starts: ['hostile'],
  restsOn: ['ignored-signals'],
  ofLaunch: true,
  check: (run, _policy, { foreground }) => {
    const failure = launchFailure(run, foreground);
    if (failure === null) return pass;
    switch (run.sigchldDecides) {
      case true:
        return fail({
          expected: 'the start succeeds as it does with SIGCHLD at its default',
          actual: failure,
        });
      case false:
        return inapplicable(`${failure}, and does not start with SIGCHLD at its default either`);
      case null:
        return inapplicable(`${failure}, and only a clean start beside it shows why: --start clean,hostile`);
    }
  },
});
