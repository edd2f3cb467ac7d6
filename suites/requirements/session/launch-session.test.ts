import { expect, test } from 'vitest';
import { cleanRun, rightDaemon, rightWorker } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { launchSession } from './launch-session.ts';

const { sysv } = profiles;

test('a daemon and a worker elsewhere pass', () => {
  const run = { ...cleanRun, processes: [rightDaemon, rightWorker] };
  expect(judgementOf(launchSession, [run], sysv)).toEqual({ outcome: 'pass' });
});

test.each(['worker', 'survivor'] as const)('a %s in the session of the launch fails', (role) => {
  const run = { ...cleanRun, processes: [rightDaemon, { ...rightWorker, role, session: 100 }] };
  expect(judgementOf(launchSession, [run], sysv)).toEqual({
    outcome: 'fail',
    expected: 'no process of the program in session 100',
    actual: `a ${role} in it`,
  });
});

test('a daemon that stayed itself is left to session', () => {
  const staying = { ...rightDaemon, session: 100 };
  expect(judgementOf(launchSession, [{ ...cleanRun, processes: [staying] }], sysv)).toEqual({
    outcome: 'pass',
  });
  const both = { ...cleanRun, processes: [staying, { ...rightWorker, session: 100 }] };
  expect(judgementOf(launchSession, [both], sysv)).toEqual({ outcome: 'pass' });
});
