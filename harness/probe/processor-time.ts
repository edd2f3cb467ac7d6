/** Processor time of a whole launch, to the microsecond: what a clock shows besides is the load of the machine. */

import { readdirSync, readFileSync } from 'node:fs';
import { type Tree, takeSnapshot } from '../follow/snapshot.ts';
import type { Launch } from '../launch/launcher-client.ts';

/** Of all threads it has, /proc/PID/task/TID/schedstat field 1. @throws if the kernel does not tell */
function usedMs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, tid) => {
    const [onProcessor] = readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'latin1').split(' ');
    return sum + Number(onProcessor) / 1e6;
  }, 0);
}

/** Of what has ended and of what is still there; null where the kernel does not tell. Milliseconds. */
export async function processorTimeOf(launch: Launch, tree: Tree): Promise<number | null> {
  try {
    const alive = takeSnapshot(tree).processes.map(({ pid }) => usedMs(pid));
    const { endedUsedMs } = await launch.act({ kind: 'processor-time' });
    return endedUsedMs === null ? null : alive.reduce((sum, each) => sum + each, endedUsedMs);
  } catch {
    return null;
  }
}
