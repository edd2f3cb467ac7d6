/**
 * What a soft limit of a million descriptors costs at the start: a loop that closes up to the limit shows. Where a
 * million is not permitted, the hard limit has to do if it is high enough for a loop to show.
 */

import { type Unavailable, unavailable } from '../facts/finding.ts';
import type { StartState } from '../facts/start-state.ts';
import { platform } from '../libc/platform.ts';
import { getrlimit } from '../libc/sys-resource.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext } from './probe-context.ts';
import { processorTimeOf } from './processor-time.ts';

/** Processor time of all processes of the program until it had settled, the least of `pairs` launches each. */
export interface Cost {
  readonly kind: 'cost';
  readonly pairs: number;
  readonly usualLimit: number;
  readonly usualMs: number;
  readonly raisedLimit: number;
  readonly raisedMs: number;
  /** So far above the least were half of the launches under the usual limit: less is no difference. */
  readonly noiseMs: number;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'descriptor-limit-cost': Cost;
  }
}

const usualLimit = 1024;
const raisedLimit = 1_000_000;
/** Below it a loop takes no longer than two starts differ. */
const leastRaisedLimit = 10_000;
const pairs = 9;

/** The loop may be in the starter or in what it becomes. */
async function startUp(context: ProbeContext, softDescriptorLimit: number): Promise<number | Unavailable> {
  const start: StartState = { ...context.plainStart, softDescriptorLimit };
  return context.settled(
    { start, restsOn: ['soft-descriptor-limit'] },
    async ({ launch, tree }) =>
      (await processorTimeOf(launch, tree)) ??
      unavailable('the kernel does not tell the processor time of a thread', 'a Linux with schedstat'),
  );
}

/** Half of them took at most so much longer than the fastest. */
function spreadOf(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) - (sorted[0] ?? 0);
}

async function compare(context: ProbeContext, raised: number): Promise<Cost | Unavailable> {
  const [usualTimes, raisedTimes]: [number[], number[]] = [[], []];
  for (;;) {
    // In pairs: what slows the machine slows both.
    for (let pair = 0; pair < pairs; pair++) {
      const usual = await startUp(context, usualLimit);
      if (typeof usual !== 'number') return usual;
      const other = await startUp(context, raised);
      if (typeof other !== 'number') return other;
      usualTimes.push(usual);
      raisedTimes.push(other);
    }
    const [usualMs, raisedMs] = [Math.min(...usualTimes), Math.min(...raisedTimes)];
    const noiseMs = spreadOf(usualTimes);
    // Of few pairs one in a thousand differs by chance: what seems to cost something is measured again.
    if (raisedMs - usualMs > noiseMs && usualTimes.length === pairs) continue;
    const measured = {
      pairs: usualTimes.length,
      usualLimit,
      usualMs,
      raisedLimit: raised,
      raisedMs,
      noiseMs,
    };
    return { kind: 'cost', ...measured };
  }
}

export const descriptorLimitCost: Probe<'descriptor-limit-cost'> = {
  name: 'descriptor-limit-cost',
  start: 'clean, soft limit 1024 and 1000000, or the hard limit where that is lower',
  repeated: false,
  foreground: false,
  run: (context) =>
    context.inTurn(async (): Promise<Cost | Unavailable> => {
      const permitted = await startUp(context, raisedLimit);
      if (typeof permitted === 'number') return compare(context, raisedLimit);
      const { hard } = getrlimit(platform.RLIMIT_NOFILE);
      return hard >= leastRaisedLimit && hard < raisedLimit ? compare(context, Number(hard)) : permitted;
    }),
};
