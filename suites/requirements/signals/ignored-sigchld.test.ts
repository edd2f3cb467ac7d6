import { expect, test } from 'vitest';
import type { ObservedProcess } from '../../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { testInheritedIgnore } from '../inherited-ignore-cases.ts';
import { judgementOf } from '../judgement-of.ts';
import { ignoredSigchld } from './ignored-sigchld.ts';

testInheritedIgnore(ignoredSigchld, 'SIGCHLD', 'SIGPIPE');

test('where the system does not tell SIG_IGN from SIG_DFL, exec has reset what was inherited', () => {
  const daemon: ObservedProcess = {
    ...rightDaemon,
    signals: { blocked: [], ignored: [], ignoredOrDefault: ['SIGCHLD', 'SIGURG'], caught: [], pending: [] },
  };
  expect(
    judgementOf(
      ignoredSigchld,
      [
        { ...cleanRun, processes: [daemon] },
        { ...hostileRun, processes: [daemon] },
      ],
      profiles.sysv,
    ),
  ).toEqual({
    outcome: 'inapplicable',
    because: 'on this system execve(2) resets an ignored SIGCHLD: nobody inherits it',
  });
});
