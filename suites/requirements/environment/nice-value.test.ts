import { expect, test } from 'vitest';
import { hostileRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { niceValue } from './nice-value.ts';

const { sysv } = profiles;
const nice = (value: number) => ({ ...hostileRun, processes: [{ ...rightDaemon, nice: value }] });
const declared = (value: number) => ({ ...sysv, policy: { ...sysv.policy, nice: value } });

test('another nice value than the planted one passes', () => {
  expect(judgementOf(niceValue, [nice(0)], sysv)).toEqual({ outcome: 'pass' });
});

test('the planted nice value fails', () => {
  expect(judgementOf(niceValue, [nice(5)], sysv)).toEqual({
    outcome: 'fail',
    expected: 'not 5, with which it was started',
    actual: '5',
  });
});

test('a declared nice value is the only one', () => {
  expect(judgementOf(niceValue, [nice(5)], declared(5))).toEqual({ outcome: 'pass' });
  expect(judgementOf(niceValue, [nice(0)], declared(10))).toEqual({
    outcome: 'fail',
    expected: '10',
    actual: '0',
  });
});

test('a pass means nothing if none was planted', () => {
  expect(judgementOf(niceValue, [{ ...nice(0), established: {} }], sysv)).toMatchObject({
    outcome: 'inconclusive',
  });
});
