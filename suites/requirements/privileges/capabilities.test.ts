import { expect, test } from 'vitest';
import type { Capabilities, IdTriple } from '../../../harness/facts/process.ts';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { capabilities } from './capabilities.ts';

const { sysv } = profiles;
const none: Capabilities = {
  permitted: [],
  effective: [],
  inheritable: [],
  ambient: [],
  noNewPrivileges: false,
};
const user: IdTriple = { real: 1000, effective: 1000, saved: 1000 };
const holding = (held: Partial<Capabilities>, userIds = user) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, userIds, capabilities: { ...none, ...held } }],
});

test('no capability passes, and an inheritable one gives nothing by itself', () => {
  expect(judgementOf(capabilities, [cleanRun], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(capabilities, [holding({ inheritable: ['CAP_NET_RAW'] })], sysv)).toEqual({
    outcome: 'pass',
  });
});

test.each(['permitted', 'effective'] as const)('a %s capability fails', (set) => {
  expect(judgementOf(capabilities, [holding({ [set]: ['CAP_SYS_ADMIN'] })], sysv)).toEqual({
    outcome: 'fail',
    expected: 'none permitted or effective',
    actual: 'CAP_SYS_ADMIN',
  });
});

test('a capability in both sets is named once', () => {
  const both = holding({ permitted: ['CAP_NET_RAW', 'CAP_KILL'], effective: ['CAP_KILL'] });
  expect(judgementOf(capabilities, [both], sysv)).toMatchObject({ actual: 'CAP_NET_RAW, CAP_KILL' });
});

test.each(['real', 'effective', 'saved'] as const)('a %s user ID of root is not judged', (which) => {
  const root = holding({ permitted: ['CAP_SYS_ADMIN'] }, { ...user, [which]: 0 });
  expect(judgementOf(capabilities, [root], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'the daemon runs as root, or can become root again',
  });
});
