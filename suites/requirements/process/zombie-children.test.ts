import { expect, test } from 'vitest';
import { cleanRun, rightDaemon, rightWorker, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { zombieChildren } from './zombie-children.ts';

const { sysv } = profiles;
const zombie = { ...rightWorker, pid: 304, state: 'Z' } as const;
const found = {
  outcome: 'fail',
  expected: 'no child that has ended is left unwaited for',
  actual: 'zombie 304',
  shownBy: [{ pid: 304, facts: ['state', 'parent'] }],
};

test('living children pass', () => {
  expect(judgementOf(zombieChildren, [{ ...cleanRun, processes: [rightDaemon, rightWorker] }], sysv)).toEqual(
    {
      outcome: 'pass',
    },
  );
});

test('a zombie of the daemon fails', () => {
  expect(judgementOf(zombieChildren, [{ ...cleanRun, processes: [rightDaemon, zombie] }], sysv)).toEqual(
    found,
  );
});

test('a zombie of a worker fails', () => {
  const child = { ...zombie, parent: { pid: 303, role: 'other' as const } };
  const run = { ...cleanRun, processes: [rightDaemon, rightWorker, child] };
  expect(judgementOf(zombieChildren, [run], sysv)).toEqual(found);
});

test('a zombie of another survivor is not the daemon’s', () => {
  const survivor = { ...rightDaemon, pid: 305, role: 'survivor' as const };
  const child = { ...zombie, role: 'survivor' as const, parent: { pid: 305, role: 'other' as const } };
  expect(
    judgementOf(zombieChildren, [{ ...cleanRun, processes: [rightDaemon, survivor, child] }], sysv),
  ).toEqual({ outcome: 'pass' });
});

test('a zombie that was waited for a moment later passes', () => {
  const run = { ...cleanRun, processes: [rightDaemon, zombie] };
  expect(judgementOf(zombieChildren, [{ ...run, later: [rightDaemon] }], sysv)).toEqual({ outcome: 'pass' });
  expect(
    judgementOf(zombieChildren, [{ ...run, later: [rightDaemon, { ...zombie, startTime: 9000 }] }], sysv),
  ).toEqual({ outcome: 'pass' });
  expect(judgementOf(zombieChildren, [{ ...run, later: [rightDaemon, zombie] }], sysv)).toEqual(found);
});

test('an unreadable state is inconclusive', () => {
  const run = {
    ...cleanRun,
    processes: [rightDaemon, { ...rightWorker, state: { unreadable: 'EACCES on /proc/303/stat' } }],
  };
  expect(judgementOf(zombieChildren, [run], sysv)).toEqual({
    outcome: 'inconclusive',
    because: 'state of process 303 could not be read',
  });
});

test('a program still in the foreground is no daemon', () => {
  expect(judgementOf(zombieChildren, [supervisedRun], sysv)).toMatchObject({ outcome: 'inapplicable' });
});

test('a zombie whose start time the system does not keep is told by its pid', () => {
  const dateless = {
    ...zombie,
    startTime: { unreadable: 'OpenBSD does not reveal the start time of a zombie' },
  };
  const run = { ...cleanRun, processes: [rightDaemon, { ...dateless }] };
  expect(judgementOf(zombieChildren, [{ ...run, later: [rightDaemon, { ...dateless }] }], sysv)).toEqual(
    found,
  );
  expect(judgementOf(zombieChildren, [{ ...run, later: [rightDaemon] }], sysv)).toEqual({ outcome: 'pass' });
});
