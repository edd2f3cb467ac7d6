/** What people take for a daemon: negative controls, which have to fail in the expected places. */

import {
  type Additions,
  and,
  command,
  detaching,
  type Expectation,
  noFailures,
  withMaskZero,
  withoutIds,
  withSecondFork,
} from './expectation.ts';
import { doesNotWait, sysv } from './recipes.ts';

/** Nothing of what exec hands on is changed. */
const asGiven: Additions = {
  'file-mode-creation-mask': withMaskZero,
  'inherited-file-mode-creation-mask': [...withMaskZero, 'apue'],
  'working-directory': detaching,
  'standard-streams': detaching,
  'inherited-descriptors': detaching,
  'inherited-descriptors-above-limit': detaching,
  'ignored-signals': detaching,
  'ignored-sigpipe': detaching,
  'signal-mask': detaching,
  'job-control-dispositions': ['sysv'],
};
const inBackground: Additions = {
  ...asGiven,
  session: detaching,
  'process-group': detaching,
  'controlling-terminal': detaching,
  'foreground-process-group': detaching,
};
const ofShell = [
  { id: 'ignored-sigchld', because: 'some shells reset SIGCHLD for what they run, others do not' },
] as const;

export const controls: readonly Expectation[] = [
  command(['/bin/sh', '-c', 'sleep 86400 &'], {
    fails: and(withoutIds(sysv, 'file-mode-creation-mask'), inBackground),
    either: [...doesNotWait, ...ofShell],
  }),
  command(['/bin/sh', '-c', 'nohup sleep 86400 &'], {
    fails: and(withoutIds(sysv, 'file-mode-creation-mask', 'sighup-disposition'), {
      ...inBackground,
      'sighup-disposition': ['sysv'],
    }),
    either: [...doesNotWait, ...ofShell],
  }),
  command(['/usr/bin/setsid', '-f', 'sleep', '86400'], {
    fails: and(withoutIds(sysv, 'file-mode-creation-mask'), {
      ...asGiven,
      'ignored-sigchld': detaching,
      'session-leader': withSecondFork,
    }),
    either: doesNotWait,
  }),
  // Nothing is left of it before it is known how it ended.
  command(['/bin/sh', '-c', 'exit 3'], {
    foreground: true,
    starts: ['supervised', 'clean', 'hostile', 'captured'],
    fails: and(noFailures, {
      'starter-exit-status': detaching,
      'surviving-processes': detaching,
      foreground: ['supervised'],
    }),
  }),
];
