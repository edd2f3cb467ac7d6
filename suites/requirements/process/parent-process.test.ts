import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { inspectionOf, judgementOf } from '../judgement-of.ts';
import { parentProcess } from './parent-process.ts';

const { sysv } = profiles;
const childOf = (pid: number, role: 'init' | 'subreaper' | 'other') => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, parent: { pid, role } }],
});

test('init and the nearest subreaper are the parents of a daemon', () => {
  expect(judgementOf(parentProcess, [childOf(1, 'init')], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(parentProcess, [childOf(99, 'subreaper')], sysv)).toEqual({ outcome: 'pass' });
});

test('any other parent fails', () => {
  expect(judgementOf(parentProcess, [childOf(301, 'other')], sysv)).toEqual({
    outcome: 'fail',
    expected: 'the parent is init or the nearest subreaper',
    actual: 'process 301',
  });
});

test('the unknown parent of a process found running may be a subreaper', () => {
  expect(inspectionOf(parentProcess, childOf(301, 'other'), sysv)).toEqual({
    outcome: 'inconclusive',
    because: 'its parent is process 301, which may be a subreaper',
    wouldHelp: 'launch the program instead of inspecting it',
  });
  expect(inspectionOf(parentProcess, childOf(1, 'init'), sysv)).toEqual({ outcome: 'pass' });
});
