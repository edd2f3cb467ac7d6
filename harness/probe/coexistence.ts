/**
 * Whether two instances of the program bear each other. Launches side by side do not show it: one that waits for a
 * port until the other has ended comes through as well. So the second is launched while the first surely runs, and has
 * to become the same.
 */

import { openProbeContext, type ProbeRequest, type SettledLaunch } from './probe-context.ts';
import { asItIsNow } from './processes.ts';
import { outlinesOf } from './settle.ts';

function outlineOf({ run }: SettledLaunch): string {
  return outlinesOf(run.processes, run.launch.workingDirectory);
}

export async function instancesCoexist(means: ProbeRequest): Promise<boolean> {
  const context = openProbeContext(means);
  const options = { start: context.plainStart, restsOn: [] };
  const both = await context.settled(options, async (first) => {
    const second = await context.settled(options, async (settled) => outlineOf(settled));
    return second === outlineOf(first) && asItIsNow(first.daemon) !== null;
  });
  return both === true;
}
