import { describe, expect, test } from 'vitest';
import { type Activity, isUnreadable, type TimedSleep } from '../facts/process.ts';
import { rightDaemon as one } from '../judge/example-run.ts';
import type { Snapshot } from './snapshot.ts';
import { startStanding } from './standing.ts';

const { pid } = one;

const sleeping: Activity = { asleep: true, busyMs: 5, timedSleeps: [] };
const awake: Activity = { asleep: false, busyMs: 5, timedSleeps: [] };
const deadlineMs = 10_000;

function at(atMs: number, activity: Activity, facts: Partial<typeof one> = {}): Snapshot {
  return {
    beganMs: atMs,
    atMs,
    processes: [{ ...one, ...facts }],
    activities: new Map([[pid, activity]]),
    daemon: pid,
    whole: true,
  };
}

function sleepOf(atMostMs: number | null, kind: TimedSleep['kind'], moment = 'a'): Activity {
  return { ...sleeping, timedSleeps: [{ of: String(pid), moment, kind, atMostMs }] };
}

describe('the clock of standing', () => {
  test('runs while everything sleeps', () => {
    const see = startStanding(deadlineMs);
    see(at(0, sleeping));
    expect(see(at(100, sleeping))).toEqual({ stoodMs: 100, calmMs: 100, looks: 2, moving: [], awake: [] });
  });

  test('does not count the time a process ran, or waited for a processor', () => {
    const see = startStanding(deadlineMs);
    see(at(0, sleeping));
    expect(see(at(100, { ...sleeping, busyMs: 75 })).stoodMs).toBe(30);
    expect(see(at(200, { ...sleeping, busyMs: 400 })).stoodMs).toBe(30);
  });

  test('does not count a look that finds an uninterruptible sleep, and says so', () => {
    const see = startStanding(deadlineMs);
    see(at(0, sleeping));
    const { stoodMs, moving } = see(at(100, awake, { state: 'D' }));
    expect(stoodMs).toBe(0);
    expect(moving).toEqual([`process ${pid} (exampled) was in an uninterruptible sleep`]);
  });

  test('does not count anything beside a process that is awake where its time is not told', () => {
    const see = startStanding(deadlineMs);
    see(at(0, { ...awake, busyMs: null }));
    expect(see(at(100, { ...sleeping, busyMs: null })).stoodMs).toBe(0);
    expect(see(at(150, { ...sleeping, busyMs: null })).stoodMs).toBe(50);
  });

  test('begins anew with every change of the shape, whatever is made of it', () => {
    const see = startStanding(deadlineMs);
    see(at(0, sleeping));
    see(at(100, sleeping));
    const { stoodMs, calmMs } = see(at(150, sleeping, { fileModeCreationMask: '0077' }));
    expect([stoodMs, calmMs]).toEqual([0, 150]);
  });
});

describe('what a daemon opens and closes at its work', () => {
  const [descriptor] = isUnreadable(one.descriptors) ? [] : one.descriptors;
  if (descriptor === undefined) throw new Error('the example has no descriptor');
  const open = (fd: number) => ({
    descriptors: [descriptor, { ...descriptor, fd, kind: 'socket', target: `socket:[${fd}]` } as const],
  });

  test('is a change of its shape at first, and none once it goes on and on', () => {
    const see = startStanding(deadlineMs);
    const stood = [7, 8, 9, 10, 11, 12].map((fd, i) => see(at(i * 100, sleeping, open(fd))).stoodMs);
    expect(stood).toEqual([0, 0, 0, 0, 100, 200]);
  });

  test('is no standard stream', () => {
    const see = startStanding(deadlineMs);
    const stood = [0, 1, 0, 1, 0, 1].map((fd, i) => see(at(i * 100, sleeping, open(fd))).stoodMs);
    expect(stood).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('what may still be on its way', () => {
  test('is a sleep on the clock that ends before the deadline, until it has ended once', () => {
    const see = startStanding(deadlineMs);
    expect(see(at(0, sleepOf(3000, 'clock'))).moving).toEqual([
      `process ${pid} (exampled) slept on the clock for 3000 ms`,
    ]);
    expect(see(at(2900, sleepOf(3000, 'clock'))).moving).toHaveLength(1);
    expect(see(at(3100, sleepOf(3000, 'clock', 'b'))).moving).toEqual([]);
  });

  test('is no sleep that ends after the deadline', () => {
    const see = startStanding(deadlineMs);
    expect(see(at(0, sleepOf(86_400_000, 'clock'))).moving).toEqual([]);
  });

  test('is the wait for an event only where it ends soon', () => {
    expect(startStanding(deadlineMs)(at(0, sleepOf(1000, 'event'))).moving).toHaveLength(1);
    expect(startStanding(deadlineMs)(at(0, sleepOf(5000, 'event'))).moving).toEqual([]);
  });

  test('is a sleep of untold length for a second', () => {
    const see = startStanding(deadlineMs);
    expect(see(at(0, sleepOf(null, 'clock'))).moving).toHaveLength(1);
    expect(see(at(1000, sleepOf(null, 'clock'))).moving).toEqual([]);
  });
});
