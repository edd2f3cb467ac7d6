/** One start, brought to where nothing moves any more, whatever has come of it. */

import type { Start, Unavailable } from '../facts/finding.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { probeRules, settle } from '../follow/settle.ts';
import { takeSnapshot } from '../follow/snapshot.ts';
import { type Event, is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { nowMs } from '../libc/time.ts';
import { lastLine } from './last-line.ts';
import { type LaunchOptions, type ProbeContext, treeOf } from './probe-context.ts';
import { remainingOf } from './processes.ts';
import { endingOf } from './survival.ts';

const isReturned = is('returned');

export interface Attempt {
  readonly start: Start;
  readonly returned: Event<'returned'> | null;
  readonly daemon: ObservedProcess | null;
}

/** Until the starter has returned and what it left stands, or until everything waits for what will never come. */
export async function attemptOf(
  context: ProbeContext,
  launch: Launch,
  foreground = context.declared.foreground,
): Promise<Attempt> {
  const tree = await treeOf(launch, foreground);
  const { snapshot } = await settle(
    {
      look: () => takeSnapshot(tree),
      // Nothing is asked of it but that it stands.
      isExpected: () => false,
      isReady: () => foreground || launch.events.some(isReturned),
    },
    probeRules,
    { deadlineMs: nowMs() + context.timeoutMs, signal: context.signal },
  );
  // Whatever was written before is passed on before it is acknowledged.
  await launch.act({ kind: 'read-file', path: '/dev/null' });
  const returned = launch.events.find(isReturned) ?? null;
  const left = snapshot.processes.filter(({ state }) => state !== 'Z');
  const ending = returned === null ? null : endingOf(returned);
  return {
    start: { ending, said: lastLine(launch.events), left: left.map(remainingOf) },
    returned,
    daemon: left.find(({ pid }) => pid === snapshot.daemon) ?? null,
  };
}

/** A launch of its own for it. */
export function attempt(context: ProbeContext, options: LaunchOptions): Promise<Attempt | Unavailable> {
  return context.launched(options, (launch) => attemptOf(context, launch));
}
