/** Launches once and waits until the program has settled, successful or not. */

import type { Start, Unavailable } from '../facts/finding.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { probeRules, settle } from '../follow/settle.ts';
import { takeSnapshot } from '../follow/snapshot.ts';
import { type Event, is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { nowMs } from '../libc/time.ts';
import { lastLine } from './last-line.ts';
import { type LaunchOptions, type ProbeContext, startedOf, treeOf } from './probe-context.ts';
import { remainingOf } from './processes.ts';
import { becameIn } from './settle.ts';
import { endingOf } from './survival.ts';

const isReturned = is('returned');

export interface Attempt {
  readonly start: Start;
  readonly returned: Event<'returned'> | null;
  readonly daemon: ObservedProcess | null;
}

interface Expectation {
  /** The program stays in the foreground; as declared if absent. */
  readonly foreground?: boolean;
  /** All that is asked is whether it becomes what it became in the baseline run, and has become it then. */
  readonly asBefore?: boolean;
}

/**
 * Waits until the starter has returned and its processes have settled, or until all of them sleep without a timeout.
 */
export async function attemptOf(
  context: ProbeContext,
  launch: Launch,
  { foreground = context.declared.foreground, asBefore = false }: Expectation = {},
): Promise<Attempt> {
  const tree = await treeOf(launch, foreground);
  const { started } = await startedOf(launch);
  const deadlineMs = nowMs() + context.timeoutMs;
  const { by, snapshot } = await settle(
    {
      look: () => takeSnapshot(tree),
      // Otherwise no particular result is expected: whatever stands long enough is the answer. One that stays never
      // says that it has started.
      isExpected: asBefore && !foreground ? becameIn([context.plain], started.directory) : () => false,
      isReady: () => foreground || launch.events.some(isReturned),
    },
    probeRules,
    { deadlineMs, signal: context.signal },
  );
  // The first thread of the starter has ended: the stage says how it did once the other threads have.
  if (by === 'nothing-left') await launch.until(is('returned', 'lost'), deadlineMs);
  // The stage forwards all output written so far before it acknowledges an act.
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

/** It came through: the starter has returned and says so. */
export function isStarted({ ending, left }: Start): boolean {
  return ending === 'exit status 0' && left.length > 0;
}

/** {@link attemptOf} on a new launch. */
export function attempt(context: ProbeContext, options: LaunchOptions): Promise<Attempt | Unavailable> {
  return context.launched(options, (launch) => attemptOf(context, launch));
}
