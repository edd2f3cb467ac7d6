/** The declared command, launched and stopped beforehand: from then on it only has to be continued. */

import { noSurroundings } from '../facts/process.ts';
import type { Event } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { observer } from '../observe/system.ts';
import { type ProbeContext, startedOf } from './probe-context.ts';
import { endOf } from './survival.ts';

export interface PreparedCommand {
  readonly launch: Launch;
  readonly pid: number;
}

/** A shell that is about to run the command; null if it does not come to that. */
/** @param within a launch in whose world it is to ask */
export async function prepare(
  context: ProbeContext,
  command: string,
  within: Launch | null = null,
): Promise<PreparedCommand | null> {
  const script = ['/bin/sh', '-c', 'kill -STOP "$$"; eval "$1"', 'sh', command] as const;
  const launch = context.command([...script], startStates.captured, within);
  const { started } = await startedOf(launch);
  const stopped = (): true | null => {
    const seen = observer().observeProcess(started.pid, noSurroundings);
    return !('gone' in seen) && seen.facts.state === 'T' ? true : null;
  };
  const ready = await lookUntil(stopped, { deadlineMs: nowMs() + context.timeoutMs, signal: context.signal });
  if (ready !== null) return { launch, pid: started.pid };
  await launch.end();
  return null;
}

export function continueIt({ launch, pid }: PreparedCommand): Promise<Event<'acted'>> {
  return launch.act({ kind: 'signal', pid, signal: 'SIGCONT' });
}

export async function endedBy(
  context: ProbeContext,
  { launch, pid }: PreparedCommand,
): Promise<Event<'returned' | 'ended'> | null> {
  return endOf(launch, pid, nowMs() + context.timeoutMs);
}
