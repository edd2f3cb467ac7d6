/**
 * SIGTERM to the process group of the starter while it starts: at every fork of the start, once with the new process
 * held, once when it has just left that group and SIGTERM no longer reaches it, and once when it sleeps or has ended.
 * Where processes cannot be held, at moments spread over twice the time that a start takes.
 *
 * Whoever gives up a start wants all of it gone: a starter that did not succeed must leave no daemon and no pidfile.
 * A daemon that had taken its last step when the starter ended was complete: from the signal to that end it could
 * still report to it.
 */

import { existsSync } from 'node:fs';
import type { RemainingProcess, Unavailable } from '../facts/finding.ts';
import type { Moment } from '../facts/held-start.ts';
import { isUnreadable } from '../facts/process.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { type Snapshot, takeSnapshot } from '../follow/snapshot.ts';
import { is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { placeOf } from '../launch/place-of.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { heldReturn } from './held-return.ts';
import { heldStart, isUnavailable } from './held-starts.ts';
import type { Probe } from './probe.ts';
import { type ProbeContext, startedOf, treeOf } from './probe-context.ts';
import { remainingOf } from './processes.ts';
import { sideBySide } from './repeatedly.ts';
import { remainderOf } from './rest.ts';
import { becameIn } from './settle.ts';
import { endingOf } from './survival.ts';

/** Launches that were sent SIGTERM while they were starting. */
export interface Interruptions {
  readonly kind: 'interruptions';
  readonly attempts: number;
  /** Offsets reached up to here, from the program's execution. */
  readonly untilMs: number;
  /** The daemon was complete before, or nothing was left. */
  readonly clean: number;
  /** Why moments were chosen by time; null where they are the forks of the start. */
  readonly sampledBecause: string | null;
  readonly left: readonly {
    readonly offsetMs: number;
    /** The moment, for a person. */
    readonly what: string;
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

const sampledAttempts = 10;
/** Of a start that forks more often, as a script does, some are chosen. */
const mostForks = 8;
/**
 * Minimum time that what neither ends nor comes to rest must stand unchanged, milliseconds on the clock of
 * `follow/standing.ts`: on a busy machine a start takes its time to notice that it was given up.
 */
const standsMs = 1000;
/** The same of what changes all the time: longer than a sleep that is waited out, 2 s. */
const goesOnMs = 3000;

/** A starter that ends by SIGTERM does so at once; one that waits for who is held needs it. */
const heldOnMs = 2000;

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

/** At every fork of the start, with its new process still held and already asleep; or after that time, milliseconds. */
type When = { readonly moment: Moment } | { readonly afterMs: number };

const isInterrupted = is('interrupted', 'returned', 'lost');

/** Sends SIGTERM and says when, milliseconds since the program's execution; null where the moment never came. */
async function interruptAt(
  context: ProbeContext,
  launch: Launch,
  when: When,
): Promise<{ readonly offsetMs: number; readonly what: string } | null> {
  const { started } = await startedOf(launch);
  const since = (atMs: number): number => Math.max(0, atMs - started.atMs);
  if ('afterMs' in when) {
    const deadlineMs = started.atMs + when.afterMs;
    // The moment itself is what is waited for.
    await lookUntil(() => null, { deadlineMs, signal: context.signal });
    const { atMs } = await launch.act({ kind: 'signal-group', signal: 'SIGTERM' });
    return { offsetMs: since(atMs), what: `SIGTERM after ${since(atMs).toFixed(1)} ms` };
  }
  const sent = await launch.until(isInterrupted, nowMs() + context.timeoutMs);
  if (sent?.type !== 'interrupted') return null;
  const { fork, newProcess } = when.moment;
  const how = {
    held: 'before its first instruction',
    'let go': 'when it slept or had ended',
    'gone from the group': 'when it had left the process group that SIGTERM goes to',
  }[newProcess];
  return {
    offsetMs: since(sent.atMs),
    what: `SIGTERM at fork ${fork} of the start, by process ${sent.parent}, with its child ${sent.pid} ${how}`,
  };
}

async function interrupt(context: ProbeContext, when: When): Promise<Attempt | Unavailable> {
  const { signal, timeoutMs, declared } = context;
  const moment = 'moment' in when ? when.moment : null;
  const order = moment?.newProcess === 'let go' ? 'child-first' : 'child-last';
  const held = moment === null ? {} : { held: heldStart(context, { order, interruptedAt: moment }) };
  const options = { start: context.plainStart, restsOn: [], ...held };
  return context.launched(options, async (launch): Promise<Attempt> => {
    const tree = await treeOf(launch, declared.foreground);
    const isAsBefore = becameIn([context.plain], (await startedOf(launch)).started.directory);
    const sent = await interruptAt(context, launch, when);
    if (sent === null) return { offsetMs: 0, left: null };
    const { offsetMs, what } = sent;
    // While one process ends the kernel may leave out another that lives, proc_tid_children(5): hence two looks.
    const look = () => [...takeSnapshot(tree).processes, ...takeSnapshot(tree).processes];
    let before: readonly ObservedProcess[] | null = null;
    if (moment?.newProcess === 'gone from the group') {
      if ((await launch.until(is('returned'), nowMs() + heldOnMs)) !== null) before = look();
      await launch.act({ kind: 'let-go' });
    }
    const returned = await launch.until(is('returned'), nowMs() + timeoutMs);
    if (returned?.exitCode === 0) return { offsetMs, left: null };
    before ??= look();
    const known = before;
    const isUnmoved = (processes: readonly ObservedProcess[]): boolean =>
      processes.length > 0 && processes.every((each) => isUnchanged(each, known));
    // One that has already become what it becomes takes no further step: it is complete, or ends. If it ends, there is
    // nothing to tell but of its pidfile.
    const isOver = ({ processes }: Snapshot): boolean =>
      declared.pidfile === null && isUnmoved(processes) && isAsBefore({ processes });
    const processes = await remainderOf(tree, { standsMs, goesOnMs, timeoutMs, isOver, signal });
    const pidfile =
      declared.pidfile !== null && processes.length === 0 && existsSync(placeOf(launch, declared.pidfile));
    if (isUnmoved(processes) || (processes.length === 0 && !pidfile)) return { offsetMs, left: null };
    const starter = returned === null ? 'did not return' : endingOf(returned);
    return { offsetMs, left: { offsetMs, what, starter, processes: processes.map(remainingOf), pidfile } };
  });
}

/** Those at which SIGTERM is sent; of many, some that are spread over all. */
function momentsOf(forks: number): readonly Moment[] {
  const count = Math.min(forks, mostForks);
  const chosen = Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * forks) / count));
  return chosen.flatMap((fork) => [
    { fork, newProcess: 'held' as const },
    { fork, newProcess: 'gone from the group' as const },
    { fork, newProcess: 'let go' as const },
  ]);
}

/** A program that stays says by nothing how far its start has come: only time is left to choose moments by. */
async function whensOf(
  context: ProbeContext,
): Promise<{ readonly whens: readonly When[]; readonly sampledBecause: string | null } | Unavailable> {
  const { starter, settling } = context.plain;
  const spreadMs = 2 * (starter.returnedAfterMs ?? settling.afterMs);
  const attempts = context.repeat ?? sampledAttempts;
  const spread = Array.from({ length: attempts }, (_, i) => ({ afterMs: ((i + 0.5) / attempts) * spreadMs }));
  if (context.declared.foreground) return { whens: spread, sampledBecause: 'the program stays' };
  const held = await heldReturn(context);
  if (isUnavailable(held)) return held;
  const { forks } = held;
  if (typeof forks === 'string') return { whens: spread, sampledBecause: forks };
  return { whens: momentsOf(forks).map((moment) => ({ moment })), sampledBecause: null };
}

export const startupTermination: Probe<'startup-termination'> = {
  name: 'startup-termination',
  start: 'clean',
  repeated: true,
  foreground: true,
  run: async (context) => {
    const found = await whensOf(context);
    if ('kind' in found) return found;
    const { whens, sampledBecause } = found;
    const done = await sideBySide(context, whens.length, (i) => interrupt(context, whens[i] as When));
    if ('kind' in done) return done;
    const left = done.flatMap((each) => (each.left === null ? [] : [each.left]));
    const untilMs = Math.max(0, ...done.map(({ offsetMs }) => offsetMs));
    const attempts = whens.length;
    return { kind: 'interruptions', attempts, untilMs, clean: attempts - left.length, left, sampledBecause };
  },
};
