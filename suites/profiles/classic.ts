import type { Profile } from '../../harness/judge/profile.ts';
import { sysv } from './sysv.ts';

export const classic: Profile = {
  name: 'classic',
  title: 'Classic recipe',
  summary:
    'the short list people quote: PPID 1, TTY ?, TPGID -1, umask 0, / or /tmp, /dev/null; ignored signals accepted',
  sources: [{ work: 'Unix Programming FAQ', at: '1.7 How do I get my program to act like a daemon?' }],
  foreground: false,
  starts: sysv.starts,
  policy: {
    ...sysv.policy,
    workingDirectory: { kind: 'one-of', paths: ['/', '/tmp'] },
    sighup: ['ignored', 'caught'],
    // Half the recipes ignore the terminal's signals for good, the others never mention them.
    jobControl: ['default', 'ignored', 'caught'],
  },
};
