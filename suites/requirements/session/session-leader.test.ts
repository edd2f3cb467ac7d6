import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { sessionLeader } from './session-leader.ts';

const leading = { ...cleanRun, processes: [{ ...rightDaemon, session: 302 }] };

test('a daemon in the session of another process passes', () => {
  expect(judgementOf(sessionLeader, [cleanRun], profiles.sysv)).toEqual({ outcome: 'pass' });
});

test('a daemon that leads its session fails', () => {
  expect(judgementOf(sessionLeader, [leading], profiles.sysv)).toEqual({
    outcome: 'fail',
    expected: 'session ID differs from process ID',
    actual: 'both are 302',
  });
});

test('daemon(3) leaves a session leader', () => {
  expect(judgementOf(sessionLeader, [leading], profiles['daemon3-glibc'])).toEqual({
    outcome: 'inapplicable',
    because: 'the policy lets the daemon lead its session',
  });
});
