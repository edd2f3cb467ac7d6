import type { Profile } from '../../harness/judge/profile.ts';
import { sysv } from './sysv.ts';

export const supervised: Profile = {
  name: 'supervised',
  title: 'Supervised service',
  summary:
    'a new-style daemon under systemd, runit or s6: it stays in the foreground and keeps what it was given',
  sources: [{ work: 'daemon(7)', at: 'New-Style Daemons' }],
  foreground: true,
  // Clean and hostile show what it hands on of signal mask and dispositions.
  starts: ['supervised', 'clean', 'hostile'],
  policy: {
    ...sysv.policy,
    // Mask, directory and streams are the manager's choice.
    fileModeCreationMask: { kind: 'any' },
    workingDirectory: { kind: 'any' },
    standardStreams: { kind: 'any' },
    sessionLeader: 'may',
    sighup: ['caught'],
  },
};
