import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { sighupDisposition } from './sighup-disposition.ts';

const { sysv, classic } = profiles;
const disposed = (ignored: readonly string[], caught: readonly string[]) => ({
  ...cleanRun,
  processes: [{ ...rightDaemon, signals: { blocked: [], ignored, caught, pending: [] } }],
});
const byDefault = disposed([], []);
const ignoring = disposed(['SIGHUP'], []);
const catching = disposed([], ['SIGHUP']);

test('daemon(7) resets it, and a handler is the daemon’s own', () => {
  expect(judgementOf(sighupDisposition, [byDefault], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(sighupDisposition, [catching], sysv)).toEqual({ outcome: 'pass' });
  expect(judgementOf(sighupDisposition, [ignoring], sysv)).toEqual({
    outcome: 'fail',
    expected: 'default or caught',
    actual: 'ignored',
  });
});

test('the classic recipe ignores it, or reads the configuration again', () => {
  expect(judgementOf(sighupDisposition, [ignoring], classic)).toEqual({ outcome: 'pass' });
  expect(judgementOf(sighupDisposition, [catching], classic)).toEqual({ outcome: 'pass' });
  expect(judgementOf(sighupDisposition, [byDefault], classic)).toEqual({
    outcome: 'fail',
    expected: 'ignored or caught',
    actual: 'default',
  });
});
