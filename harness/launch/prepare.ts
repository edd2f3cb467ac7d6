/**
 * What the program's own process does between fork(2) and execve(2): it puts itself into the start state. No step
 * that fails stops the launch; the canary, launched the same way, shows what was not established.
 */

import { ITIMER_REAL, setTimerOnce } from '../libc/sys-times.ts';
import type { Setting } from './dimensions/dimension.ts';
import { steps } from './dimensions/index.ts';

/** Puts the calling process into the start state. All signals have to be blocked when it is called. */
export function enterStartState(setting: Setting): void {
  for (const step of steps) step(setting);
  // At the very end: what it is armed for begins with the program.
  if (setting.start.alarmMs !== null) setTimerOnce(ITIMER_REAL, setting.start.alarmMs);
}
