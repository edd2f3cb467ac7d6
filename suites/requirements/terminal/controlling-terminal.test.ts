import { expect, test } from 'vitest';
import { cleanRun, rightDaemon, rightWorker, supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { controllingTerminal } from './controlling-terminal.ts';

const { sysv, supervised } = profiles;
const given = { device: '136:4', name: '/dev/pts/4' };
const own = { device: '136:9', name: null };

test('no controlling terminal passes', () => {
  const run = { ...cleanRun, processes: [rightDaemon, rightWorker] };
  expect(judgementOf(controllingTerminal, [run], sysv)).toEqual({ outcome: 'pass' });
});

test('any controlling terminal of the daemon fails', () => {
  const on = (terminal: typeof given | typeof own) => ({
    ...cleanRun,
    processes: [{ ...rightDaemon, terminal }],
  });
  expect(judgementOf(controllingTerminal, [on(given)], sysv)).toEqual({
    outcome: 'fail',
    expected: 'no controlling terminal',
    actual: '/dev/pts/4',
  });
  expect(judgementOf(controllingTerminal, [on(own)], sysv)).toEqual({
    outcome: 'fail',
    expected: 'no controlling terminal',
    actual: '136:9',
  });
});

test('a worker may have a terminal that was opened for it, and not the one of the launch', () => {
  const on = (terminal: typeof given | typeof own) => ({
    ...cleanRun,
    processes: [rightDaemon, { ...rightWorker, terminal }],
  });
  expect(judgementOf(controllingTerminal, [on(own)], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(controllingTerminal, [on(given)], sysv)).toEqual({
    outcome: 'fail',
    expected: 'not /dev/pts/4, on which the program was started',
    actual: '/dev/pts/4',
  });
});

test('a supervised program keeps the terminal it was started on, and takes no other', () => {
  const on = (terminal: typeof given | typeof own, launched: string | null) => ({
    ...supervisedRun,
    launch: { ...supervisedRun.launch, terminal: launched },
    processes: supervisedRun.processes.map((each) => ({ ...each, terminal })),
  });
  expect(judgementOf(controllingTerminal, [on(given, '136:4')], supervised)).toEqual({
    outcome: 'inapplicable',
    because: 'it was started on /dev/pts/4, in the foreground',
  });
  expect(judgementOf(controllingTerminal, [on(own, '136:4')], supervised)).toMatchObject({ outcome: 'fail' });
  expect(judgementOf(controllingTerminal, [on(own, null)], supervised)).toMatchObject({ outcome: 'fail' });
});

test('a pass means nothing if the program was not given a terminal', () => {
  const established = { terminal: { established: false, because: 'no pseudo-terminal' } } as const;
  expect(judgementOf(controllingTerminal, [{ ...cleanRun, established }], sysv)).toMatchObject({
    outcome: 'inconclusive',
    because: 'the clean start did not establish terminal: no pseudo-terminal',
  });
});
