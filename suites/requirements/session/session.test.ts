import { expect, test } from 'vitest';
import { cleanRun, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { session } from './session.ts';

test('a session of its own passes, whether or not the daemon leads it', () => {
  expect(judgementOf(session, [cleanRun], profiles.sysv)).toEqual({ outcome: 'pass' });
  const leader = { ...cleanRun, processes: [{ ...rightDaemon, session: 302 }] };
  expect(judgementOf(session, [leader], profiles.sysv)).toEqual({ outcome: 'pass' });
});

test('the session it was started in fails', () => {
  const run = { ...cleanRun, processes: [{ ...rightDaemon, session: 100 }] };
  expect(judgementOf(session, [run], profiles.sysv)).toEqual({
    outcome: 'fail',
    expected: 'a session other than 100, in which it was started',
    actual: '100',
  });
});

test('a worker that stayed behind is left to launch-session', () => {
  const run = { ...cleanRun, processes: [rightDaemon, { ...rightWorker, session: 100 }] };
  expect(judgementOf(session, [run], profiles.sysv)).toEqual({ outcome: 'pass' });
});
