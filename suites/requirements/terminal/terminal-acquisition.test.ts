import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { terminalAcquisition } from './terminal-acquisition.ts';

const opened = [{ pid: 302, name: 'exampled', descriptors: [3], listing: 'ls -l /proc/302/fd' }];
const found = { kind: 'acquisition', terminal: '/dev/pts/7', opened, acquiredBy: [] } as const;

test('a terminal that was opened and not acquired passes', () => {
  expect(judgementOfProbe(terminalAcquisition, found)).toEqual({ outcome: 'pass' });
});

test('one that was acquired fails', () => {
  const acquiredBy = [{ pid: 302, name: 'exampled' }];
  expect(judgementOfProbe(terminalAcquisition, { ...found, acquiredBy })).toEqual({
    outcome: 'fail',
    expected: 'no controlling terminal',
    actual: '/dev/pts/7 is the controlling terminal of process 302 (exampled)',
    evidence: ['ps -o tty -p 302: /dev/pts/7'],
  });
});

test('one that nobody has open shows nothing', () => {
  expect(judgementOfProbe(terminalAcquisition, { ...found, opened: [] })).toEqual({
    outcome: 'inconclusive',
    because: 'no process of the program has the terminal open',
    wouldHelp: 'declare an argument with which it opens {} and keeps it open',
  });
});
