import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { terminalOutput } from './terminal-output.ts';

const silent = {
  kind: 'late-output',
  text: '',
  holders: [{ pid: 302, name: 'exampled', descriptors: [1, 2], listing: 'ls -l /proc/302/fd' }],
  evidence: [],
} as const;

test('silence passes, also with the terminal open', () => {
  expect(judgementOfProbe(terminalOutput, silent)).toEqual({ outcome: 'pass' });
});

test('what appears is shown', () => {
  const held = 'process 302 was held from 1.0 to 2.0 ms: the starter returned';
  const found = { ...silent, text: 'running\r\n', evidence: [held] };
  expect(judgementOfProbe(terminalOutput, found)).toEqual({
    outcome: 'fail',
    expected: 'nothing',
    actual: '"running\\r\\n"',
    evidence: ['process 302 (exampled) has it open as 1, 2: ls -l /proc/302/fd', held],
  });
});
