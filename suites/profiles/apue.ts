import type { Profile } from '../../harness/judge/profile.ts';
import { sysv } from './sysv.ts';

export const apue: Profile = {
  name: 'apue',
  title: 'Advanced Programming in the UNIX Environment',
  summary: 'the coding rules of chapter 13, with the second fork recommended',
  sources: [{ work: 'APUE', at: '13.3 Coding Rules' }],
  foreground: false,
  starts: sysv.starts,
  policy: {
    ...sysv.policy,
    // A known value, usually 0; that it is not the inherited one is inherited-file-mode-creation-mask.
    fileModeCreationMask: { kind: 'any' },
    sighup: ['ignored', 'caught'],
    jobControl: ['default', 'ignored', 'caught'],
  },
};
