import { expect, test } from 'vitest';
import { cleanRun, rightDaemon, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { foregroundProcessGroup } from './foreground-process-group.ts';

const { sysv, supervised } = profiles;
const terminal = { device: '136:4', name: '/dev/pts/4' };

test('-1 passes', () => {
  expect(judgementOf(foregroundProcessGroup, [cleanRun], sysv)).toEqual({ outcome: 'pass' });
});

test('a foreground process group fails', () => {
  const run = { ...cleanRun, processes: [{ ...rightDaemon, terminal, foregroundProcessGroup: 300 }] };
  expect(judgementOf(foregroundProcessGroup, [run], sysv)).toEqual({
    outcome: 'fail',
    expected: '-1',
    actual: '300',
  });
});

test('a supervised program is in the foreground of the terminal it was started on, and of no other', () => {
  const on = (launched: string | null, own: typeof terminal | null) => ({
    ...supervisedRun,
    launch: { ...supervisedRun.launch, terminal: launched },
    processes: supervisedRun.processes.map((each) => ({
      ...each,
      terminal: own,
      foregroundProcessGroup: 300,
    })),
  });
  expect(judgementOf(foregroundProcessGroup, [on('136:4', terminal)], supervised)).toEqual({
    outcome: 'inapplicable',
    because: 'it was started on /dev/pts/4, in the foreground',
  });
  expect(judgementOf(foregroundProcessGroup, [on(null, terminal)], supervised)).toMatchObject({
    outcome: 'fail',
  });
  expect(judgementOf(foregroundProcessGroup, [on('136:4', null)], supervised)).toMatchObject({
    outcome: 'fail',
  });
});
