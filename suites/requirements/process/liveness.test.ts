import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { liveness } from './liveness.ts';

const asleep = {
  kind: 'liveness' as const,
  pid: 302,
  watchedMs: 0,
  cpuMs: 0,
  runnableMs: 0,
  alive: true,
  threads: 1,
  evidence: ['/proc/302/stat fields 14 and 15 (utime, stime)'],
};

test.each([
  [0, 0],
  [500, 20],
])('in %i ms, %i ms of processor time pass', (watchedMs, cpuMs) => {
  expect(judgementOfProbe(liveness, { ...asleep, watchedMs, cpuMs })).toEqual({ outcome: 'pass' });
});

test.each([
  [{ watchedMs: 500.2, cpuMs: 490 }, '490 ms of processor time in 500 ms'],
  [
    { watchedMs: 500.2, cpuMs: 120, runnableMs: 499 },
    '120 ms of processor time in 500 ms, and it waited for nothing',
  ],
  [{ alive: false, threads: null }, 'process 302 is gone'],
  [{ threads: 0 }, 'process 302 has no threads'],
])('%j fails', (found, actual) => {
  expect(judgementOfProbe(liveness, { ...asleep, ...found })).toEqual({
    outcome: 'fail',
    expected: 'it is there, and asleep most of the time while nobody asks anything of it',
    actual,
    evidence: ['/proc/302/stat fields 14 and 15 (utime, stime)'],
  });
});
