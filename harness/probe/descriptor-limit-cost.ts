/** What a soft limit of a million descriptors costs at the start: a loop that closes up to the limit shows. */

import type { StartState } from '../launch/start-state.ts';
import type { Cost, Unavailable } from '../observe/finding.ts';
import type { Bench } from './bench.ts';
import type { Probe } from './probe.ts';

const usualLimit = 1024;
const raisedLimit = 1_000_000;
const pairs = 3;

/** Until the daemon had settled: the loop may be in the starter or in what it becomes. */
async function startUp(bench: Bench, softDescriptorLimit: number): Promise<number | Unavailable> {
  const start: StartState = { ...bench.plainStart, softDescriptorLimit };
  return bench.settled(
    { start, restsOn: ['soft-descriptor-limit'] },
    async ({ run }) => run.settling.afterMs,
  );
}

export const descriptorLimitCost: Probe<'descriptor-limit-cost'> = {
  name: 'descriptor-limit-cost',
  start: 'clean, soft limit 1024 and 1000000',
  repeated: false,
  foreground: false,
  run: (bench) =>
    bench.inTurn(async (): Promise<Cost | Unavailable> => {
      let [usualMs, raisedMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      // One after the other, in pairs: what slows the machine slows both.
      for (let pair = 0; pair < pairs; pair++) {
        const usual = await startUp(bench, usualLimit);
        if (typeof usual !== 'number') return usual;
        const raised = await startUp(bench, raisedLimit);
        if (typeof raised !== 'number') return raised;
        usualMs = Math.min(usualMs, usual);
        raisedMs = Math.min(raisedMs, raised);
      }
      return { kind: 'cost', pairs, usualLimit, usualMs, raisedLimit, raisedMs };
    }),
};
