/** One start, brought to where nothing moves any more, whatever has come of it. */

import type { Start, Unavailable } from '../facts/finding.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { nowMs, type Snapshot, takeSnapshot } from '../follow/snapshot.ts';
import type { Launch } from '../launch/launcher-client.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { lastLine } from './last-line.ts';
import { lookUntil } from './look-until.ts';
import { type LaunchOptions, type ProbeContext, treeOf } from './probe-context.ts';
import { remainingOf } from './processes.ts';
import { isAtRest } from './rest.ts';
import { endingOf } from './survival.ts';

/** As long an answer has to stand where it is not proven. Milliseconds. */
const standsMs = 250;
/** And as long where everything is at rest. */
const asleepStandsMs = 20;

type ReturnEvent = Extract<StageEvent, { type: 'returned' }>;
const isReturned = (event: StageEvent): event is ReturnEvent => event.type === 'returned';

export interface Attempt {
  readonly start: Start;
  readonly returned: ReturnEvent | null;
  readonly daemon: ObservedProcess | null;
}

function setOf({ processes }: Snapshot): string {
  return processes.map(({ pid, startTime }) => `${pid} ${JSON.stringify(startTime)}`).join();
}

/** Until the starter has returned and what it left stands, or until everything waits for what will never come. */
export async function attemptOf(
  context: ProbeContext,
  launch: Launch,
  foreground = context.declared.foreground,
): Promise<Attempt> {
  const tree = await treeOf(launch, foreground);
  const deadlineMs = nowMs() + context.timeoutMs;
  let last = takeSnapshot(tree);
  let seen = '';
  let sinceMs = nowMs();
  await lookUntil(
    () => {
      last = takeSnapshot(tree);
      const returned = launch.events.some(isReturned);
      if (returned && last.whole && last.processes.length === 0) return true;
      const now = `${returned} ${setOf(last)}`;
      if (now !== seen) {
        seen = now;
        sinceMs = last.beganMs;
      }
      const stood = last.atMs - sinceMs;
      const asleep = isAtRest(last);
      if (returned || foreground) return stood >= (asleep ? asleepStandsMs : standsMs) ? true : null;
      return asleep && stood >= standsMs ? true : null;
    },
    { deadlineMs, signal: context.signal },
  );
  // Whatever was written before is passed on before it is acknowledged.
  await launch.act({ kind: 'read-file', path: '/dev/null' });
  const returned = launch.events.find(isReturned) ?? null;
  const left = last.processes.filter(({ state }) => state !== 'Z');
  const ending = returned === null ? null : endingOf(returned);
  return {
    start: { ending, said: lastLine(launch.events), left: left.map(remainingOf) },
    returned,
    daemon: left.find(({ pid }) => pid === last.daemon) ?? null,
  };
}

/** A launch of its own for it. */
export function attempt(context: ProbeContext, options: LaunchOptions): Promise<Attempt | Unavailable> {
  return context.launched(options, (launch) => attemptOf(context, launch));
}
