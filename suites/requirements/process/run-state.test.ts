import { expect, test } from 'vitest';
import type { ProcessState } from '../../../harness/facts/process.ts';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { runState } from './run-state.ts';

const inState = (state: ProcessState) => ({ ...cleanRun, processes: [{ ...rightDaemon, state }] });

test.each<ProcessState>(['R', 'S', 'D', 'I', 'P'])('state %s passes', (state) => {
  expect(judgementOf(runState, [inState(state)], profiles.sysv)).toEqual({ outcome: 'pass' });
});

test.each<[ProcessState, string]>([
  ['T', 'stopped (state T)'],
  ['Z', 'ended, and not waited for (state Z)'],
  ['X', 'ended (state X)'],
])('state %s fails', (state, actual) => {
  expect(judgementOf(runState, [inState(state)], profiles.sysv)).toEqual({
    outcome: 'fail',
    expected: 'running or sleeping',
    actual,
  });
});

test('where a tracer holds it nobody knows', () => {
  expect(judgementOf(runState, [inState('t')], profiles.sysv)).toMatchObject({
    outcome: 'inconclusive',
    because: 'a tracer holds the process (state t)',
  });
});
