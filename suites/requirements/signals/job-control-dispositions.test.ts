import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { jobControlDispositions } from './job-control-dispositions.ts';

const { sysv, pep3143, classic } = profiles;
const disposed = (ignored: readonly string[], caught: readonly string[] = []) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, signals: { blocked: [], ignored, caught, pending: [] } }],
});
const all = ['SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

test('daemon(7) resets all of them', () => {
  expect(judgementOf(jobControlDispositions, [cleanRun], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(jobControlDispositions, [disposed(['SIGTTIN'], ['SIGTSTP'])], sysv)).toEqual({
    outcome: 'fail',
    expected: 'each default',
    actual: 'SIGTSTP caught, SIGTTIN ignored',
  });
});

test.each(all)('%s counts', (signal) => {
  expect(judgementOf(jobControlDispositions, [disposed([signal])], sysv)).toMatchObject({
    outcome: 'fail',
    actual: `${signal} ignored`,
  });
});

test('PEP 3143 ignores all of them', () => {
  expect(judgementOf(jobControlDispositions, [disposed(all)], pep3143)).toEqual({ outcome: 'pass' });
  expect(judgementOf(jobControlDispositions, [disposed(['SIGTTIN', 'SIGTTOU'])], pep3143)).toEqual({
    outcome: 'fail',
    expected: 'each ignored',
    actual: 'SIGTSTP default',
  });
});

test('the classic recipe accepts them ignored', () => {
  expect(judgementOf(jobControlDispositions, [disposed(all)], classic)).toEqual({ outcome: 'pass' });
  expect(judgementOf(jobControlDispositions, [cleanRun], classic)).toEqual({ outcome: 'pass' });
});
