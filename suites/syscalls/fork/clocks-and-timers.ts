import { must } from '../../../harness/libc/library.ts';
import {
  ITIMER_REAL,
  processCpuNs,
  setTimer,
  timerCreate,
  timerExists,
  timerLeftMs,
  times,
} from '../../../harness/libc/sys-times.ts';
import { alarm } from '../../../harness/libc/unistd.ts';
import { promise } from '../run/promise.ts';
import { allOf, answered, either, unsupported } from '../run/seen.ts';
import { inChild } from '../scenery/child.ts';

/** So much that what a child uses until it looks is far from it: a tick is 10 ms, and forking takes one at most. */
const manyTicks = 10;
const manyNs = 100_000_000;

/** Whether a child's time began at 0 when its parent had used `ofParent`. @throws Error where that cannot be told */
function beganAnew(own: number, ofParent: number): boolean {
  if (own >= ofParent) return false;
  if (own < ofParent / 2) return true;
  throw new Error(`the child had used ${own} by itself, too much beside the ${ofParent} of its parent`);
}

promise(
  'The process times of the child begin at 0',
  {
    id: 'fork/times',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: tms values are set to 0',
    expect: 'less than its parent',
  },
  () => {
    let [user, system] = times();
    while (user + system < manyTicks) [user, system] = times();
    const [childUser, childSystem, ofChildren, systemOfChildren] = inChild(() => times());
    const [own, ofParent] = [childUser + childSystem, user + system];
    return allOf(
      beganAnew(own, ofParent) ? 'less than its parent' : 'inherited',
      `times(): ${own} ticks in the child, ${ofParent} in its parent`,
      { 'none of children': ofChildren + systemOfChildren === 0 },
    );
  },
);

promise(
  'The CPU-time clock of the child begins at 0',
  { id: 'fork/cpu-clock', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'less than its parent' },
  () => {
    while (Number(processCpuNs()) < manyNs);
    const seen = Number(inChild(() => String(processCpuNs())));
    return either(
      beganAnew(seen, manyNs),
      'less than its parent',
      'inherited',
      'clock_gettime(CLOCK_PROCESS_CPUTIME_ID) in both',
    );
  },
);

promise(
  'An alarm of the parent is not set in the child',
  {
    id: 'fork/alarm',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    rows: ['K-FORK-2'],
    expect: 'cleared',
    supports: ['armed-alarm'],
  },
  () => {
    alarm(1000);
    const seen = inChild(() => alarm(0));
    return allOf(seen === 0 ? 'cleared' : 'inherited', `alarm(0) in the child: ${seen}`, {
      'the parent keeps it': alarm(0) > 0,
    });
  },
);

promise(
  'An interval timer of the parent is not set in the child',
  {
    id: 'fork/interval-timer',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    rows: ['K-FORK-2'],
    expect: 'cleared',
    supports: ['armed-alarm'],
  },
  () => {
    must('setitimer', setTimer(ITIMER_REAL, 1_000_000));
    const seen = inChild(() => timerLeftMs(ITIMER_REAL));
    return allOf(seen === 0 ? 'cleared' : 'inherited', 'getitimer() in the child', {
      'the parent keeps it': timerLeftMs(ITIMER_REAL) > 0,
    });
  },
);

promise(
  'A timer made by timer_create() does not exist in the child',
  { id: 'fork/timers', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'EINVAL' },
  () => {
    const { timer, errno } = timerCreate();
    if (errno === 'ENOSYS') return unsupported('no timer_create() here');
    return answered(
      'timer_gettime() in the child',
      inChild(() => timerExists(timer)),
      { 'the parent keeps it': timerExists(timer).errno === null },
    );
  },
);
