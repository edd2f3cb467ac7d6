import { expect, test } from 'vitest';
import type { Run } from '../../../harness/facts/run.ts';
import { cleanRun, detachedRun, rightDaemon, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { detachedStart } from './detached-start.ts';

const { sysv, supervised } = profiles;
const expected = 'the program starts, in a session of its own';
const refusing = (run: Run): Run => ({
  ...run,
  starter: { ...run.starter, exitCode: 1 },
  daemon: null,
  processes: [],
});
const stayed = { ...detachedRun, processes: [{ ...rightDaemon, session: 300 }] };

test('a daemon in a session of its own passes', () => {
  expect(judgementOf(detachedStart, [cleanRun, detachedRun], sysv)).toEqual({ outcome: 'pass' });
});

test('it is judged after the detached start alone', () => {
  expect(judgementOf(detachedStart, [refusing(cleanRun)], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'no run shows it',
  });
});

test.each<[string, Run]>([
  ['the starter exited with status 1', refusing(detachedRun)],
  ['the daemon stayed in session 300, in which it was started', stayed],
  ['the starter did not return', { ...supervisedRun, start: 'detached' }],
])('it fails when %s', (actual, run) => {
  const found = { outcome: 'fail', expected, actual };
  expect(judgementOf(detachedStart, [run], sysv)).toEqual(found);
  expect(judgementOf(detachedStart, [cleanRun, run], sysv)).toEqual(found);
});

test('a program that becomes no daemon after the clean start either has another fault', () => {
  expect(judgementOf(detachedStart, [refusing(cleanRun), refusing(detachedRun)], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'it does not become a daemon after the clean start either',
  });
  const staying = { ...cleanRun, processes: [{ ...rightDaemon, session: 100 }] };
  expect(judgementOf(detachedStart, [staying, stayed], sysv)).toMatchObject({ outcome: 'inapplicable' });
});

test('a session that could not be read is inconclusive', () => {
  const unread = { ...rightDaemon, session: { unreadable: 'EPERM from getsid' } };
  expect(judgementOf(detachedStart, [{ ...detachedRun, processes: [unread] }], sysv)).toEqual({
    outcome: 'inconclusive',
    because: 'session of the daemon: EPERM from getsid',
  });
});

test('a supervised program has to stay', () => {
  const staying = { ...supervisedRun, start: 'detached' as const };
  expect(judgementOf(detachedStart, [staying], supervised)).toEqual({ outcome: 'pass' });
  expect(judgementOf(detachedStart, [supervisedRun, refusing(detachedRun)], supervised)).toEqual({
    outcome: 'fail',
    expected,
    actual: 'the program exited with status 1',
  });
});
