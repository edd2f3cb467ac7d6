/**
 * Whether two instances of the program bear each other. Launches side by side do not show it: one that waits for a
 * port until the other has ended comes through as well. So the second is launched while the first surely runs, and has
 * to become the same.
 */

import { type Means, openBench, type Settled } from './probe-context.ts';
import { asItIsNow } from './processes.ts';
import { outlinesOf } from './settle.ts';

function outlineOf({ run }: Settled): string {
  return outlinesOf(run.processes, run.launch.workingDirectory);
}

export async function bearsCompany(means: Means): Promise<boolean> {
  const bench = openBench(means);
  const wanted = { start: bench.plainStart, restsOn: [] };
  const both = await bench.settled(wanted, async (first) => {
    const second = await bench.settled(wanted, async (settled) => outlineOf(settled));
    return second === outlineOf(first) && asItIsNow(first.daemon) !== null;
  });
  return both === true;
}
