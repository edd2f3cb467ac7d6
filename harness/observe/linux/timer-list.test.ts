import { expect, test } from 'vitest';
import { armedAlarmIn } from './timer-list.ts';

/** The beginning and the end of a list, of Linux 6.18 on two processors. */
const list = (...timers: readonly string[]): string => `Timer List Version: v0.10
HRTIMER_MAX_CLOCK_BASES: 8
now at 743716183042 nsecs

cpu: 0
 clock 0:
  .base:       00000000e3ef5082
  .index:      0
  .resolution: 1 nsecs
  .offset:     0 nsecs
active timers:
${timers.join('')} clock 1:
  .base:       0000000083fc4602
  .index:      1
  .resolution: 1 nsecs
  .offset:     1795932967439120661 nsecs
active timers:
`;

const sleep = ` #0: <0000000066e84f27>, hrtimer_wakeup, S:01
 # expires at 743719737390-743719787390 nsecs [in 3554348 to 3604348 nsecs]
`;
const alarm = ` #4: <00000000ac1237b7>, it_real_fn, S:01
 # expires at 950715276922-950715276922 nsecs [in 2997003497 to 2997003497 nsecs]
`;

test('an alarm is told by the function that is called when it runs out', () => {
  expect(armedAlarmIn(list(sleep, alarm))).toBe(true);
  expect(armedAlarmIn(list(sleep))).toBe(false);
});

test('a function whose name has a suffix is the same function', () => {
  expect(armedAlarmIn(list(alarm.replace('it_real_fn', 'it_real_fn.cfi_jt')))).toBe(true);
});

test('nothing is told by an empty file in its place, or by addresses in place of names', () => {
  expect(armedAlarmIn('')).toBeNull();
  expect(armedAlarmIn(list())).toBeNull();
  expect(armedAlarmIn(list(sleep.replace('hrtimer_wakeup', '0xffffffff81123450')))).toBeNull();
});
