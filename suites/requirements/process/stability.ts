import { defineMomentRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { daemonOf } from '../../../harness/judge/seen-by.ts';

export const stability = defineMomentRequirement({
  id: 'stability',
  area: 'process',
  title: 'The daemon stays what it became',
  failureTitle: 'The daemon does not stay what it became',
  why: 'A property that is lost again, or a daemon that ends or is replaced after it looked settled, misleads whoever looked once.',
  remedy:
    'Take every step of becoming a daemon before the first service starts; do not fork(2) again, and open terminals with O_NOCTTY.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 7' },
    { work: 'POSIX.1-2024', at: 'XBD 11.1.3 The Controlling Terminal' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
    supervised: 'should',
  },
  moment: 'later',
  check: (failing, run) => {
    const daemon = daemonOf(run);
    // Nothing was looked at again because nothing could change: everything slept in a wait without timeout.
    if (run.later === null || daemon === null) return pass;
    const same = run.later.find(({ pid, startTime }) => pid === daemon.pid && startTime === daemon.startTime);
    const expected = 'everything that held once it had settled still holds';
    if (same === undefined) {
      const after = run.later.map(({ pid }) => pid).join(', ');
      return fail({
        expected,
        actual: `process ${daemon.pid} is gone${after === '' ? '' : `; there is ${after} instead`}`,
      });
    }
    return failing.length === 0 ? pass : fail({ expected, actual: `no longer: ${failing.join(', ')}` });
  },
});
