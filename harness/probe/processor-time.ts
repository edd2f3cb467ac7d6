/** Processor time of a whole launch, to the microsecond: what a clock shows besides is the load of the machine. */

import { type Tree, takeSnapshot } from '../follow/snapshot.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { observer } from '../observe/system.ts';

/** Coarser than this it tells nothing of a few calls. */
const fineMs = 1;

/** @throws if the kernel does not tell, or only in ticks */
function usedMs(pid: number): number {
  const activity = observer().processorTimeOf(pid);
  if (activity === null) throw new Error(`the processor time of process ${pid} is not told`);
  if (activity.resolutionMs < fineMs) return activity.processorMs;
  if (activity.threads.size === 0) throw new Error(`that of the threads of process ${pid} is not told`);
  return [...activity.threads.values()].reduce((sum, { processorMs }) => sum + processorMs, 0);
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
