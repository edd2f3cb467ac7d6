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
import { allOf, answered, either } from '../run/seen.ts';
import { inChild } from '../scenery/child.ts';

// POSIX.1-2024 XSH fork(), DESCRIPTION: tms values are set to 0
promise(
  'The process times of the child begin at 0',
  {
    id: 'fork/times',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: tms values are set to 0',
    expect: 'less than its parent',
  },
  () => {
    // Until the parent has a time to compare with: a tick of the clock.
    let [user, system] = times();
    while (user + system === 0) [user, system] = times();
    const [childUser, childSystem, ofChildren, systemOfChildren] = inChild(() => times());
    return allOf(
      childUser + childSystem < user + system ? 'less than its parent' : 'inherited',
      'times() in both',
      { 'none of children': ofChildren + systemOfChildren === 0 },
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'The CPU-time clock of the child begins at 0',
  { id: 'fork/cpu-clock', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'less than its parent' },
  () => {
    const busy = processCpuNs() + 3_000_000n;
    while (processCpuNs() < busy);
    const seen = BigInt(inChild(() => String(processCpuNs())));
    return either(
      seen < processCpuNs(),
      'less than its parent',
      'inherited',
      'clock_gettime(CLOCK_PROCESS_CPUTIME_ID) in both',
    );
  },
);

// POSIX.1-2024 XSH fork(), DESCRIPTION
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

// POSIX.1-2024 XSH fork(), DESCRIPTION
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

// POSIX.1-2024 XSH fork(), DESCRIPTION
promise(
  'A timer made by timer_create() does not exist in the child',
  { id: 'fork/timers', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'EINVAL' },
  () => {
    const { timer } = timerCreate();
    return answered(
      'timer_gettime() in the child',
      inChild(() => timerExists(timer)),
      { 'the parent keeps it': timerExists(timer).errno === null },
    );
  },
);
