import type { Profile } from '../../harness/judge/profile.ts';
import { undeclared } from '../../harness/options/policy.ts';

export const sysv: Profile = {
  name: 'sysv',
  title: 'SysV daemon',
  summary: 'the fifteen steps of daemon(7) for a traditional daemon',
  sources: [{ work: 'daemon(7)', at: 'SysV Daemons' }],
  foreground: false,
  starts: ['clean', 'hostile', 'captured'],
  policy: {
    fileModeCreationMask: { kind: 'exact', mask: 0 },
    workingDirectory: { kind: 'one-of', paths: ['/'] },
    standardStreams: { kind: 'null-device' },
    sessionLeader: 'must-not',
    mainProcesses: 1,
    // Step 2 resets every handler; a handler for SIGHUP installed later is the daemon's own.
    sighup: ['default', 'caught'],
    jobControl: ['default'],
    coreLimit: null,
    nice: null,
    ...undeclared,
  },
};
