import { expect, test } from 'vitest';
import { forking } from '../golden/forking.ts';
import { immense } from '../golden/immense.ts';
import type { Report } from '../report.ts';
import { lanesOf } from './lanes.ts';

function lanes(report: Report, index: number) {
  const run = report.runs[index];
  if (run === undefined) throw new Error(`the report has no run ${index}`);
  return lanesOf(run);
}

test('every process has a lane, from its parent to its end', () => {
  const { lanes: all, ...rest } = lanes(forking, 0);
  expect(rest).toEqual({ left: 0, returnedAtMs: 2.4, settledAtMs: 38 });
  expect(all.map(({ pid, role, parent, fromMs, toMs }) => [pid, role, parent, fromMs, toMs])).toEqual([
    [8020, 'starter', null, 0, 2.4],
    [8021, 'intermediate', 8020, 0.9, 2.2],
    [8022, 'daemon', 8021, 1.9, null],
    [8023, 'worker', 8022, 22, null],
  ]);
});

test('what changed at one moment is one mark', () => {
  const [, intermediate] = lanes(forking, 0).lanes;
  expect(intermediate?.marks).toEqual([
    {
      atMs: 1.2,
      changes: [
        { kind: 'session', detail: '4011 -> 8021' },
        { kind: 'process group', detail: '8020 -> 8021' },
        { kind: 'terminal', detail: '/dev/pts/3 -> none' },
      ],
    },
  ]);
});

test('a lane says when its process left the session of the launch', () => {
  expect(lanes(forking, 0).lanes.map(({ ownSessionFromMs }) => ownSessionFromMs)).toEqual([null, 1.2, 0, 0]);
  expect(lanes(forking, 1).lanes.map(({ ownSessionFromMs }) => ownSessionFromMs)).toEqual([null, 12.5]);
  expect(lanes(forking, 2).lanes.map(({ ownSessionFromMs }) => ownSessionFromMs)).toEqual([null]);
});

test('a parent that was gone has no lane', () => {
  expect(lanes(forking, 1).lanes.map(({ parent }) => parent)).toEqual([null, null]);
});

test('a crowd is bounded', () => {
  const { lanes: all, left } = lanes(immense, 0);
  expect([all.length, left]).toEqual([16, 1_987]);
});
