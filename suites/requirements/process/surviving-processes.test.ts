import { expect, test } from 'vitest';
import { evaluate } from '../../../harness/judge/evaluate.ts';
import {
  cleanRun,
  hostileRun,
  rightDaemon,
  rightWorker,
  supervisedRun,
} from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { survivingProcesses } from './surviving-processes.ts';

const { sysv, supervised } = profiles;
const survivor = { ...rightDaemon, pid: 305, role: 'survivor' } as const;
const nothing = { ...cleanRun, daemon: null, processes: [] };

test('one main process survives, whatever the number of its workers', () => {
  const run = { ...cleanRun, processes: [rightDaemon, rightWorker, { ...rightWorker, pid: 304 }] };
  expect(judgementOf(survivingProcesses, [run], sysv)).toEqual({ outcome: 'pass' });
});

test('a second main process is one too many', () => {
  const run = { ...cleanRun, processes: [rightDaemon, survivor] };
  expect(judgementOf(survivingProcesses, [run], sysv)).toEqual({
    outcome: 'fail',
    expected: '1 main process',
    actual: '2: 302, 305',
    shownBy: [
      { pid: 302, facts: ['parent'] },
      { pid: 305, facts: ['parent'] },
    ],
  });
});

test('a program may declare two main processes, and then one is not enough', () => {
  const two = { ...sysv, policy: { ...sysv.policy, mainProcesses: 2 } };
  expect(judgementOf(survivingProcesses, [{ ...cleanRun, processes: [rightDaemon, survivor] }], two)).toEqual(
    {
      outcome: 'pass',
    },
  );
  expect(judgementOf(survivingProcesses, [cleanRun], two)).toMatchObject({
    outcome: 'fail',
    expected: '2 main processes',
    actual: '1: 302',
  });
});

test('no survivor fails', () => {
  expect(judgementOf(survivingProcesses, [nothing], sysv)).toEqual({
    outcome: 'fail',
    expected: '1 main process',
    actual: 'none',
    shownBy: [],
  });
});

test('a zombie does not survive', () => {
  const run = { ...cleanRun, processes: [rightDaemon, { ...survivor, state: 'Z' as const }] };
  expect(judgementOf(survivingProcesses, [run], sysv)).toEqual({ outcome: 'pass' });
});

test('an ancestor of the daemon is left to lingering-intermediate', () => {
  const run = {
    ...cleanRun,
    processes: [
      { ...rightDaemon, parent: { pid: 301, role: 'other' as const } },
      { ...rightDaemon, pid: 301, role: 'survivor' as const },
    ],
  };
  expect(judgementOf(survivingProcesses, [run], sysv)).toEqual({ outcome: 'pass' });
});

test('what dies of an ignored SIGCHLD is left to ignored-sigchld-start', () => {
  const dead = { ...hostileRun, daemon: null, processes: [] };
  expect(judgementOf(survivingProcesses, [dead], sysv)).toMatchObject({ outcome: 'fail' });
  const setting = { profile: sysv, policy: sysv.policy, inspected: false };
  const both = evaluate(survivingProcesses, [nothing, dead], [survivingProcesses], setting);
  expect(both.map(({ judgement }) => judgement.outcome)).toEqual(['fail', 'fail']);
  expect(judgementOf(survivingProcesses, [cleanRun, dead], sysv)).toMatchObject({ outcome: 'fail' });
  expect(judgementOf(survivingProcesses, [cleanRun, { ...dead, sigchldDecides: true }], sysv)).toEqual({
    outcome: 'pass',
  });
});

test('a program still in the foreground is not judged by its survivors', () => {
  expect(judgementOf(survivingProcesses, [supervisedRun], sysv)).toEqual({
    outcome: 'inapplicable',
    because: 'the program is still in the foreground',
  });
});

test('under supervision the program itself is the main process', () => {
  expect(judgementOf(survivingProcesses, [supervisedRun], supervised)).toEqual({ outcome: 'pass' });
  expect(judgementOf(survivingProcesses, [cleanRun], supervised)).toMatchObject({ outcome: 'inapplicable' });
});
