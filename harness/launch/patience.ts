/** How long a launcher or a stage that says nothing is waited for. */

import { type ProcessorWait, processorWaitOf } from '../observe/linux/processor-wait.ts';

/** How often it is looked at. Milliseconds. */
const lookEveryMs = 1000;

/**
 * Calls `over` after so much time in which none of the processes was kept waiting for a processor: on a busy machine a
 * whole minute may pass before one has been on a processor for a second.
 *
 * @param withinMs milliseconds
 * @param pids of processes of one thread
 * @returns stops it
 */
export function patience(withinMs: number, pids: readonly number[], over: () => void): () => void {
  let [looks, stopped] = [0, false];
  let first: readonly ProcessorWait[] = [];
  let before: readonly ProcessorWait[] = [];
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
  };
  const look = (): void => {
    const now = pids.map(processorWaitOf);
    if (++looks === 1) [first, before] = [now, now];
    const kept = now.some(
      ({ awake, processorMs }, i) => awake && processorMs === before[i]?.processorMs && looks > 1,
    );
    const delayedMs = now.reduce((sum, { delayMs }, i) => sum + delayMs - (first[i]?.delayMs ?? delayMs), 0);
    before = now;
    // However late the looks are: this process may have had to wait as well.
    if (kept || looks * lookEveryMs - delayedMs < withinMs) return;
    clearInterval(timer);
    // What has been said already is heard before that.
    setImmediate(() => {
      if (!stopped) over();
    });
  };
  const timer = setInterval(look, lookEveryMs);
  return stop;
}
