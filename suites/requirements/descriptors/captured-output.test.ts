import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { capturedOutput } from './captured-output.ts';

const closed = { name: 'stdout', closedAfterMs: 0.5, holders: [] } as const;

test('an end of file passes', () => {
  expect(judgementOfProbe(capturedOutput, { kind: 'channels', channels: [closed] })).toEqual({
    outcome: 'pass',
  });
});

test('who holds it is named', () => {
  const open = {
    ...closed,
    closedAfterMs: null,
    holders: [{ pid: 302, name: 'exampled', descriptors: [1, 2], listing: 'ls -l /proc/302/fd' }],
  };
  expect(judgementOfProbe(capturedOutput, { kind: 'channels', channels: [open] })).toEqual({
    outcome: 'fail',
    expected: 'end of file once the starter has returned',
    actual: 'no end of file on stdout: held by process 302 (exampled)',
    evidence: ['process 302 (exampled) has it open as 1, 2: ls -l /proc/302/fd'],
  });
});

test('it fails too when nobody is seen to hold it', () => {
  const open = { ...closed, closedAfterMs: null };
  expect(judgementOfProbe(capturedOutput, { kind: 'channels', channels: [open] })).toEqual({
    outcome: 'fail',
    expected: 'end of file once the starter has returned',
    actual: 'no end of file on stdout: held by a process that does not show it',
    evidence: [],
  });
});
