import { defineMomentRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { daemonOf } from '../../../harness/judge/seen-by.ts';

export const readyAtReturn = defineMomentRequirement({
  id: 'ready-at-return',
  area: 'process',
  title: 'The daemon is complete when its starter returns',
  failureTitle: 'The daemon is not yet complete when its starter returns',
  why: 'Whoever started it acts on the return at once: a script that closes the terminal or starts what depends on it meets a process that is not a daemon yet.',
  remedy:
    'Let the starter wait, by reading from a pipe made before the first fork(2), until the daemon has taken its last step and says so.',
  sources: [{ work: 'daemon(7)', at: 'SysV Daemons, steps 14 and 15' }],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'may',
    classic: 'may',
  },
  moment: 'at-return',
  decidedBy: 'ready-at-return',
  check: (failing, run) => {
    const daemon = daemonOf(run);
    if (run.atReturn === null || daemon === null)
      return inapplicable('the program is still in the foreground');
    const expected = 'every must-requirement on the daemon holds when the starter returns';
    if (!run.atReturn.some(({ pid, startTime }) => pid === daemon.pid && startTime === daemon.startTime)) {
      return fail({ expected, actual: `process ${daemon.pid} was not there yet` });
    }
    return failing.length === 0 ? pass : fail({ expected, actual: `not yet: ${failing.join(', ')}` });
  },
});
