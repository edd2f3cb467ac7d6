/** Whether a pipe that the program was started with comes to its end once the starter has returned. */

import type { Channel, Channels, Unavailable } from '../facts/finding.ts';
import type { DimensionName, StartState } from '../facts/start-state.ts';
import { takeSnapshot } from '../follow/snapshot.ts';
import type { Event } from '../launch/events.ts';
import type { OutputStream, StageEvent } from '../launch/protocol.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { inCompany, type Tried } from './in-company.ts';
import { type ProbeContext, type SettledLaunch, startedOf } from './probe-context.ts';
import { holdersOf } from './processes.ts';

type CloseEvent = Event<'output-closed'>;

/**
 * Nobody is seen to hold it, and yet it is open: whoever does, in a message for instance, has until then. A deadline for
 * what must not happen: that the last holder has gone is told by an event, on an emulated machine after more than 500 ms.
 */
const unseenWithinMs = 5000;

async function channelOf(
  settled: SettledLaunch,
  stream: OutputStream,
  context: ProbeContext,
): Promise<Channel> {
  const { launch, tree, run, returnedMs } = settled;
  const { started } = await startedOf(launch);
  const identity = started.captured.find((one) => one.stream === stream)?.identity;
  const isClosed = (event: StageEvent): event is CloseEvent =>
    event.type === 'output-closed' && event.stream === stream;
  let holders = holdersOf(run.processes, (one) => one.identity === identity);
  // A daemon that has settled keeps what it holds; the end of a pipe that nobody holds is on its way.
  const closed = await lookUntil<CloseEvent | 'held'>(
    () => {
      const event = launch.events.find(isClosed);
      if (event !== undefined) return event;
      holders = holdersOf(takeSnapshot(tree).processes, (one) => one.identity === identity);
      return holders.length > 0 ? 'held' : null;
    },
    { deadlineMs: nowMs() + unseenWithinMs, signal: context.signal },
  );
  if (closed === null || closed === 'held') return { name: stream, closedAfterMs: null, holders };
  return { name: stream, closedAfterMs: Math.max(0, closed.atMs - returnedMs), holders: [] };
}

export function findChannels(
  context: ProbeContext,
  start: StartState,
  restsOn: readonly DimensionName[],
  streams: readonly OutputStream[],
): Promise<Channels | Unavailable> {
  return inCompany(context, { start, restsOn }, async (settled): Promise<Tried<Channels>> => {
    const channels: Channel[] = [];
    for (const stream of streams) channels.push(await channelOf(settled, stream, context));
    return { found: { kind: 'channels', channels }, untouched: true };
  });
}
