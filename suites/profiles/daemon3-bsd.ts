import type { Profile } from '../../harness/judge/profile.ts';
import { sysv } from './sysv.ts';

export const daemon3Bsd: Profile = {
  name: 'daemon3-bsd',
  title: 'daemon(3) of the BSDs',
  summary: 'what daemon(0, 0) of FreeBSD, OpenBSD and NetBSD gives: one fork, / and the null device',
  sources: [{ work: 'daemon(3)', at: 'FreeBSD, OpenBSD and NetBSD, DESCRIPTION' }],
  foreground: false,
  starts: sysv.starts,
  policy: {
    ...sysv.policy,
    // It touches neither mask nor dispositions, and forks once, so the daemon leads its session.
    fileModeCreationMask: { kind: 'inherited' },
    sessionLeader: 'may',
    sighup: ['default', 'ignored', 'caught'],
    jobControl: ['default', 'ignored', 'caught'],
  },
};
