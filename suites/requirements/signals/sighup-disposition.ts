import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { dispositionOf } from '../disposition.ts';

export const sighupDisposition = defineRequirement({
  id: 'sighup-disposition',
  area: 'signals',
  title: 'The daemon disposes of SIGHUP as the profile asks',
  failureTitle: 'The daemon does not dispose of SIGHUP as the profile asks',
  why: 'SIGHUP ends a process by default; administrators send it to make a daemon read its configuration again, and a starter that leads its session makes the kernel send it.',
  remedy:
    'Install a handler with sigaction(2) that reads the configuration again. Ignore it, or reset it to SIG_DFL, only if the profile asks for that.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 2; New-Style Daemons, recommendation 2' },
    { work: 'APUE', at: '13.6 Daemon Conventions' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'may',
    classic: 'should',
    supervised: 'should',
  },
  needs: ['signals'],
  shownIn: ['SigIgn', 'SigCgt'],
  check: ({ signals }, { policy }) => {
    const disposition = dispositionOf('SIGHUP', signals);
    return policy.sighup.includes(disposition)
      ? pass
      : fail({ expected: policy.sighup.join(' or '), actual: disposition });
  },
});
