import { expect, test } from 'vitest';
import { cleanRun, rightDaemon, rightWorker, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { lingeringIntermediate } from './lingering-intermediate.ts';

const { sysv } = profiles;
const intermediate = { ...rightDaemon, pid: 301, role: 'survivor' } as const;
const found = {
  outcome: 'fail',
  expected: 'every ancestor of the daemon has ended',
  actual: 'process 301 is left',
  shownBy: [{ pid: 301, facts: ['parent', 'session'] }],
};
const child = { ...rightDaemon, parent: { pid: 301, role: 'other' } } as const;

test('a daemon with workers and no ancestor passes', () => {
  const run = { ...cleanRun, processes: [rightDaemon, rightWorker] };
  expect(judgementOf(lingeringIntermediate, [run], sysv)).toEqual({ outcome: 'pass' });
});

test('a living ancestor of the daemon fails', () => {
  expect(
    judgementOf(lingeringIntermediate, [{ ...cleanRun, processes: [intermediate, child] }], sysv),
  ).toEqual(found);
});

test('an ancestor that has ended is no longer between them', () => {
  const run = { ...cleanRun, processes: [{ ...intermediate, state: 'Z' as const }, child] };
  expect(judgementOf(lingeringIntermediate, [run], sysv)).toEqual({ outcome: 'pass' });
});

test('a process in the launch session whose descendant left it stayed between', () => {
  const behind = { ...rightDaemon, pid: 301, session: 100 };
  const gone = { ...rightWorker, parent: { pid: 301, role: 'other' as const } };
  expect(judgementOf(lingeringIntermediate, [{ ...cleanRun, processes: [behind, gone] }], sysv)).toEqual(
    found,
  );
  const together = { ...gone, session: 100 };
  expect(judgementOf(lingeringIntermediate, [{ ...cleanRun, processes: [behind, together] }], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('a session that could not be read is not another one', () => {
  const behind = { ...rightDaemon, pid: 301, session: 100 };
  const unread = {
    ...rightWorker,
    parent: { pid: 301, role: 'other' as const },
    session: { unreadable: 'EPERM from getsid' },
  };
  expect(judgementOf(lingeringIntermediate, [{ ...cleanRun, processes: [behind, unread] }], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('another survivor is not an ancestor', () => {
  const other = { ...intermediate, pid: 305 };
  expect(
    judgementOf(lingeringIntermediate, [{ ...cleanRun, processes: [rightDaemon, other] }], sysv),
  ).toEqual({ outcome: 'pass' });
});

test('a program still in the foreground is no daemon', () => {
  expect(judgementOf(lingeringIntermediate, [supervisedRun], sysv)).toMatchObject({
    outcome: 'inapplicable',
  });
});
