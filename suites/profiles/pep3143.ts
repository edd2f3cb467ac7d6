import type { Profile } from '../../harness/judge/profile.ts';
import { sysv } from './sysv.ts';

export const pep3143: Profile = {
  name: 'pep3143',
  title: 'PEP 3143',
  summary: 'a DaemonContext with the default of every attribute',
  sources: [{ work: 'PEP 3143', at: 'DaemonContext objects' }],
  foreground: false,
  starts: sysv.starts,
  policy: {
    ...sysv.policy,
    sighup: ['default', 'ignored', 'caught'],
    // signal_map: SIGTTIN, SIGTTOU and SIGTSTP are None, that is ignored.
    jobControl: ['ignored'],
    // prevent_core
    coreLimit: 0,
  },
};
