/**
 * SIGTERM to the process group of the starter while it starts, at moments spread over twice the time a start takes.
 * Whoever gives up a start wants all of it gone: a starter that did not succeed must leave no daemon and no pidfile.
 * A daemon that had taken its last step when the starter ended was complete: from the signal to that end it could
 * still report to it.
 */

import { existsSync } from 'node:fs';
import type { RemainingProcess, Unavailable } from '../facts/finding.ts';
import { isUnreadable } from '../facts/process.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { lookUntil } from '../follow/look-until.ts';
import { nowMs, takeSnapshot } from '../follow/snapshot.ts';
import { placeOf } from '../launch/place-of.ts';
import type { StageEvent } from '../launch/protocol.ts';
import type { Probe } from './probe.ts';
import { type ProbeContext, startedOf, treeOf } from './probe-context.ts';
import { remainingOf } from './processes.ts';
import { sideBySide } from './repeatedly.ts';
import { isAtRest } from './rest.ts';
import { endingOf } from './survival.ts';

/** Launches that were sent SIGTERM while they were starting. */
export interface Interruptions {
  readonly kind: 'interruptions';
  readonly attempts: number;
  /** Offsets reached up to here, from the program's execution. */
  readonly untilMs: number;
  /** The daemon was complete before, or nothing was left. */
  readonly clean: number;
  readonly left: readonly {
    readonly offsetMs: number;
    readonly starter: string;
    readonly processes: readonly RemainingProcess[];
    readonly pidfile: boolean;
  }[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'startup-termination': Interruptions;
  }
}

const usualAttempts = 20;
/** For what neither ends nor comes to rest. On a busy machine a start takes its time to notice that it was given up. */
const standsMs = 1000;

type ReturnEvent = Extract<StageEvent, { type: 'returned' }>;
const isReturned = (event: StageEvent): event is ReturnEvent => event.type === 'returned';

interface Attempt {
  readonly offsetMs: number;
  readonly left: Interruptions['left'][number] | null;
}

/** What a step of becoming a daemon changes. A pipe that is closed afterwards is the one it has reported through. */
function stepsOf(process: ObservedProcess): string {
  const { pid, startTime, session, processGroup, workingDirectory, fileModeCreationMask, descriptors } =
    process;
  return JSON.stringify([
    [pid, startTime, session, processGroup, workingDirectory, fileModeCreationMask],
    isUnreadable(descriptors)
      ? descriptors
      : descriptors.filter(({ kind }) => kind !== 'pipe').map(({ fd, target }) => [fd, target]),
  ]);
}

function isUnchanged(process: ObservedProcess, before: readonly ObservedProcess[]): boolean {
  return before.some((each) => stepsOf(each) === stepsOf(process));
}

async function interrupt(context: ProbeContext, wantedMs: number): Promise<Attempt | Unavailable> {
  const { signal, timeoutMs, declared } = context;
  return context.launched({ start: context.plainStart, restsOn: [] }, async (launch): Promise<Attempt> => {
    const tree = await treeOf(launch, declared.foreground);
    const { started } = await startedOf(launch);
    // The moment itself is what is waited for.
    await lookUntil(() => null, { deadlineMs: started.atMs + wantedMs, signal });
    const { atMs } = await launch.act({ kind: 'signal-group', signal: 'SIGTERM' });
    const offsetMs = Math.max(0, atMs - started.atMs);
    const deadlineMs = nowMs() + timeoutMs;
    const returned = await lookUntil(() => launch.events.find(isReturned) ?? null, { deadlineMs, signal });
    if (returned?.exitCode === 0) return { offsetMs, left: null };
    // While one process ends the kernel may leave out another that lives, proc_tid_children(5): hence two looks.
    const before = [...takeSnapshot(tree).processes, ...takeSnapshot(tree).processes];
    let processes: readonly ObservedProcess[] = [];
    await lookUntil(
      () => {
        const snapshot = takeSnapshot(tree);
        processes = snapshot.processes.filter(({ state }) => state !== 'Z');
        return (processes.length === 0 && snapshot.whole) || isAtRest(snapshot) ? true : null;
      },
      { deadlineMs: nowMs() + standsMs, signal },
    );
    const pidfile =
      declared.pidfile !== null && processes.length === 0 && existsSync(placeOf(launch, declared.pidfile));
    const complete = processes.length > 0 && processes.every((each) => isUnchanged(each, before));
    if (complete || (processes.length === 0 && !pidfile)) return { offsetMs, left: null };
    const starter = returned === null ? 'did not return' : endingOf(returned);
    return { offsetMs, left: { offsetMs, starter, processes: processes.map(remainingOf), pidfile } };
  });
}

export const startupTermination: Probe<'startup-termination'> = {
  name: 'startup-termination',
  start: 'clean',
  repeated: true,
  foreground: true,
  run: async (context) => {
    const attempts = context.repeat ?? usualAttempts;
    const { starter, settling } = context.plain;
    const spreadMs = 2 * (starter.returnedAfterMs ?? settling.afterMs);
    const done = await sideBySide(context, attempts, (i) =>
      interrupt(context, ((i + 0.5) / attempts) * spreadMs),
    );
    if ('kind' in done) return done;
    const left = done.flatMap((each) => (each.left === null ? [] : [each.left]));
    const untilMs = Math.max(0, ...done.map(({ offsetMs }) => offsetMs));
    return { kind: 'interruptions', attempts, untilMs, clean: attempts - left.length, left };
  },
};
