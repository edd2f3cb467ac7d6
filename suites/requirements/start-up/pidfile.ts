import { rateEvidence } from '../../../harness/judge/rate.ts';
import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { completePidIn } from '../../../harness/observe/pidfile-text.ts';

export const pidfile = defineProbeRequirement({
  id: 'pidfile',
  area: 'start-up',
  title: 'The pidfile is complete when the starter returns, and names the daemon',
  failureTitle: 'The pidfile does not name the daemon when the starter returns',
  why: 'Whoever started it reads the pidfile next, to watch or to stop the daemon, and stops something else or nothing.',
  remedy:
    'Write the process ID of the process that stays, in decimal with a newline, before the starter is told that the daemon is ready.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, steps 12 and 14' },
    { work: 'FHS 3.0', at: '3.15.2 Requirements' },
    { work: 'LSB', at: 'Init Script Functions, pidofproc' },
    { work: 'systemd.service(5)', at: 'PIDFile=' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'must',
  },
  probe: 'pidfile',
  check: ({ path, attempts, complete, atReturn, settled, daemon, survivors }) => {
    if (complete === attempts) return pass;
    const expected = `${path} holds the process ID of the daemon and a newline when the starter returns`;
    const evidence = [`cat ${path}`, ...rateEvidence(complete, attempts)];
    if ('absent' in atReturn) {
      const later = 'absent' in settled ? 'nor later' : 'it comes later';
      return fail({ expected, actual: `it is not there (${atReturn.absent}), ${later}`, evidence });
    }
    const named = completePidIn(atReturn.text);
    if (named === null) {
      const missing = /^\d+$/.test(atReturn.text) ? ', without a newline' : '';
      return fail({ expected, actual: `it holds ${JSON.stringify(atReturn.text)}${missing}`, evidence });
    }
    const inside = survivors.find(({ pid }) => pid === daemon)?.inside;
    const known = inside === undefined ? '' : `, which knows itself as ${inside}`;
    return fail({
      expected,
      actual: `it names process ${named}, which is none of the program; the daemon is process ${daemon}${known}`,
      evidence: [...evidence, inside === undefined ? `ps -p ${named},${daemon}` : `ps -p ${daemon}`],
    });
  },
});
