import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { daemonOf } from '../../../harness/judge/seen-by.ts';

export const environment = defineRequirement({
  id: 'environment',
  area: 'environment',
  title: 'The daemon hands on nothing of the environment it was started with',
  failureTitle: 'The daemon hands on the environment it was started with',
  why: 'Variables of a login go on into every program the daemon runs: locale, proxies, agents and library paths of whoever happened to start it.',
  remedy:
    'Clear the environment with clearenv(3), or execve(2) with a new one, and set the few variables the daemon needs.',
  sources: [{ work: 'daemon(7)', at: 'SysV Daemons, step 4' }],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'may',
    classic: 'may',
    supervised: 'may',
  },
  starts: ['hostile'],
  restsOn: ['environment-marker'],
  of: 'every-survivor',
  needs: ['environmentMarker', 'sessionVariables', 'executable'],
  check: ({ environmentMarker, sessionVariables, executable, role }, { run }) => {
    if (!environmentMarker) return pass;
    const daemon = daemonOf(run);
    // The kernel shows the environment that execve(2) was given. What another program was given, the daemon still had;
    // what the daemon itself was given, it may have cleared since.
    if (role === 'worker' && daemon !== null && executable !== daemon.executable) {
      const others = sessionVariables.length === 0 ? '' : ` and ${sessionVariables.join(', ')}`;
      return fail({
        expected: 'a planted variable is gone',
        actual: `${executable} was started with it${others}`,
      });
    }
    return inapplicable('it runs no other program, and only there it would show what the daemon hands on');
  },
});
