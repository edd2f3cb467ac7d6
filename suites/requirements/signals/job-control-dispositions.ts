import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { dispositionOf } from '../disposition.ts';

const signals = ['SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

export const jobControlDispositions = defineRequirement({
  id: 'job-control-dispositions',
  area: 'signals',
  title: 'The daemon disposes of the terminal’s stop signals as the profile asks',
  failureTitle: 'The daemon does not dispose of the terminal’s stop signals as the profile asks',
  why: 'Ignoring SIGTTIN and SIGTTOU protects a program that has not left its terminal yet. Ignored for good they turn a stop into EIO, and every shell the daemon starts inherits them.',
  remedy:
    'Set SIGTSTP, SIGTTIN and SIGTTOU with sigaction(2) to what the profile asks for: SIG_DFL in a daemon after daemon(7), SIG_IGN in one after PEP 3143.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 2' },
    { work: 'PEP 3143', at: 'signal_map' },
    { work: 'POSIX.1-2024', at: 'XBD 11.1.4 Terminal Access Control' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'must',
    classic: 'must',
    supervised: 'should',
  },
  needs: ['signals'],
  shownIn: ['SigIgn', 'SigCgt'],
  check: ({ signals: sets }, { policy }) => {
    const others = signals
      .map((signal) => ({ signal, disposition: dispositionOf(signal, sets) }))
      .filter(({ disposition }) => !policy.jobControl.includes(disposition));
    return others.length === 0
      ? pass
      : fail({
          expected: `each ${policy.jobControl.join(' or ')}`,
          actual: others.map(({ signal, disposition }) => `${signal} ${disposition}`).join(', '),
        });
  },
});
