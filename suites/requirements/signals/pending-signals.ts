import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const pendingSignals = defineRequirement({
  id: 'pending-signals',
  area: 'signals',
  title: 'No signal is left pending for the daemon',
  failureTitle: 'A blocked signal is pending for the daemon',
  why: 'A pending signal strikes at the moment the daemon unblocks it, for a reason that is long past. fork clears what is pending and exec keeps it.',
  remedy:
    'Fork after the last exec, and take signals that arrive during the start with sigwait(3) or by unblocking them.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH fork(), DESCRIPTION' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'may',
  },
  needs: ['signals'],
  shownIn: ['SigPnd', 'SigBlk'],
  check: ({ signals }) => {
    // One that is not blocked is on its way, and gone as soon as the process runs.
    const left = signals.pending.filter((signal) => signals.blocked.includes(signal));
    return left.length === 0 ? pass : fail({ expected: 'none', actual: left.join(', ') });
  },
});
