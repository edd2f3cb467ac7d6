import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { outputAfterHangup } from './output-after-hangup.ts';

type BrokenOutput = Findings['output-after-hangup'];

type Output = BrokenOutput['outputs'][number];
const holders = [{ pid: 302, name: 'exampled', descriptors: [1, 2], listing: 'ls -l /proc/302/fd' }];
const none: Output = { output: 'terminal', holders: [], wrote: null, ending: null };
const held: Output = { output: 'pipe', holders, wrote: true, ending: null };
const found = (...outputs: readonly Output[]): BrokenOutput => ({ kind: 'broken-output', outputs });

test('a daemon that has neither open cannot meet it', () => {
  expect(judgementOfProbe(outputAfterHangup, found(none, { ...none, output: 'pipe' }))).toEqual({
    outcome: 'pass',
  });
});

test('a daemon that wrote and is still there passes', () => {
  expect(judgementOfProbe(outputAfterHangup, found(none, held))).toEqual({ outcome: 'pass' });
});

test('a daemon that ended fails', () => {
  expect(judgementOfProbe(outputAfterHangup, found(none, { ...held, ending: 'SIGPIPE' }))).toEqual({
    outcome: 'fail',
    expected: 'the daemon is still there',
    actual: 'SIGPIPE after its pipe was gone',
    evidence: ['process 302 (exampled) has it open as 1, 2: ls -l /proc/302/fd'],
  });
});

test.each([false, null])('one that has it open and wrote nothing (%s) shows nothing', (wrote) => {
  expect(judgementOfProbe(outputAfterHangup, found(none, { ...held, wrote }))).toEqual({
    outcome: 'inapplicable',
    because: 'it still has its pipe open and wrote nothing meanwhile; with --reload it is made to',
  });
});
