/**
 * Whether any alarm of any process is armed: /proc/timer_list, which root alone may read. It has every timer that the
 * kernel waits for, by the name of the function that is called then; that of alarm(2) and setitimer(2) is it_real_fn
 * (kernel/time/itimer.c, kernel/time/timer_list.c). Whose it is the file does not tell.
 */

import { isUnreadable } from '../../facts/process.ts';
import { reading, textOf } from './reading.ts';

const path = '/proc/timer_list';
const alarm = 'it_real_fn';

/** Null where the text does not tell: a file put in its place, or a kernel that prints addresses in place of names. */
export function armedAlarmIn(text: string): boolean | null {
  const functions = [...text.matchAll(/^ #\d+: <[^>]*>, ([^,]*),/gm)].map(([, name = '']) => name);
  if (functions.length === 0 || !functions.every((name) => /^[a-z_]\w*/i.test(name))) return null;
  return functions.some((name) => name.startsWith(alarm));
}

let isTold = true;

/**
 * True unless it is known that no alarm is armed. Read twice: while the kernel writes one timer after the other, one that
 * runs out makes it leave out the next.
 */
export function mayAlarmBeArmed(): boolean {
  for (let look = 0; look < 2; look++) {
    const text = isTold ? reading(path, textOf) : '';
    const armed = isUnreadable(text) ? null : armedAlarmIn(text);
    // Refused once it is refused for ever, and to be refused costs more than to read.
    if (armed === null) isTold = false;
    if (armed !== false) return true;
  }
  return false;
}
