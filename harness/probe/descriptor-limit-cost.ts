/**
 * What a soft limit of a million descriptors costs at the start: a loop that closes up to the limit makes as many calls
 * on descriptors that are not open, and they are counted. Where they cannot be, the processor time of starts with either
 * limit is compared. Where a million is not permitted, the hard limit has to do if it is high enough.
 */

import { type Unavailable, unavailable } from '../facts/finding.ts';
import type { StartState } from '../facts/start-state.ts';
import { is } from '../launch/events.ts';
import { platform } from '../libc/platform.ts';
import { getrlimit } from '../libc/sys-resource.ts';
import { isUnavailable, whyNotHeld } from './held-starts.ts';
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

/** System calls of one start that named a descriptor which was not open, counted up to `mostCalls` and one. */
export interface NeedlessCalls {
  readonly kind: 'needless-calls';
  readonly softLimit: number;
  readonly calls: number;
  readonly mostCalls: number;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'descriptor-limit-cost': NeedlessCalls | Cost;
  }
}

const usualLimit = 1024;
const raisedLimit = 1_000_000;
/** Below it a loop takes no longer than two starts differ. */
const leastRaisedLimit = 10_000;
const pairs = 9;
/** Whoever closes up to the usual limit, whatever the limit is, makes fewer. */
const mostCalls = 4 * usualLimit;

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

/** Null where calls cannot be counted. */
async function countCalls(
  context: ProbeContext,
  softLimit: number,
): Promise<NeedlessCalls | Unavailable | null> {
  const start: StartState = { ...context.plainStart, softDescriptorLimit: softLimit };
  const held = { order: 'counted', mostCalls } as const;
  return context.launched(
    { start, restsOn: ['soft-descriptor-limit'], held },
    async (launch): Promise<NeedlessCalls | Unavailable | null> => {
      const settled = await context.settle(launch, start);
      await launch.act({ kind: 'let-go' });
      const counted = launch.events.find(is('counted'));
      // Where it is another program while it is followed, its calls say nothing.
      if (counted === undefined || whyNotHeld(launch.events, context, null) !== null) return null;
      if (isUnavailable(settled)) return null;
      return { kind: 'needless-calls', softLimit, calls: counted.calls, mostCalls };
    },
  );
}

/** The highest limit that is permitted, if it is high enough for a loop to show. */
async function highestLimit(context: ProbeContext): Promise<number | Unavailable> {
  const permitted = await startUp(context, raisedLimit);
  if (typeof permitted === 'number') return raisedLimit;
  const { hard } = getrlimit(platform.RLIMIT_NOFILE);
  return hard >= leastRaisedLimit && hard < raisedLimit ? Number(hard) : permitted;
}

async function find(context: ProbeContext): Promise<NeedlessCalls | Cost | Unavailable> {
  const hard = Number(getrlimit(platform.RLIMIT_NOFILE).hard);
  // What the hard limit permits needs no privilege, and to be counted a loop need not be long.
  const counted = await countCalls(
    context,
    hard < leastRaisedLimit ? raisedLimit : Math.min(hard, raisedLimit),
  );
  if (counted !== null && !isUnavailable(counted)) return counted;
  const limit = await highestLimit(context);
  return typeof limit === 'number' ? compare(context, limit) : limit;
}

export const descriptorLimitCost: Probe<'descriptor-limit-cost'> = {
  name: 'descriptor-limit-cost',
  start: 'clean, soft limit 1000000, or the hard limit where that is lower',
  repeated: false,
  foreground: false,
  run: (context) => context.inTurn(() => find(context)),
};
