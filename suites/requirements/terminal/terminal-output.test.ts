import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { terminalOutput } from './terminal-output.ts';

const silent = {
  kind: 'late-output',
  text: '',
  holders: [{ pid: 302, name: 'exampled', descriptors: [1, 2], listing: 'ls -l /proc/302/fd' }],
} as const;

test('silence passes, also with the terminal open', () => {
  expect(judgementOfProbe(terminalOutput, silent)).toEqual({ outcome: 'pass' });
});

test('what appears is shown', () => {
  expect(judgementOfProbe(terminalOutput, { ...silent, text: 'running\r\n' })).toEqual({
    outcome: 'fail',
    expected: 'nothing',
    actual: '"running\\r\\n"',
    evidence: ['process 302 (exampled) has it open as 1, 2: ls -l /proc/302/fd'],
  });
});
