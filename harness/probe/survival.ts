/**
 * Whether a daemon outlived what was done to it, decided by evidence. kill(2) queues a signal before it returns, so
 * from its acknowledgement on a signal is pending, blocked for good, or has had its effect.
 */

import { type DecidedBy, type Survival, type Unavailable, unavailable } from '../facts/finding.ts';
import { isUnreadable, type SignalSets } from '../facts/process.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { lookUntil } from '../follow/look-until.ts';
import { type Snapshot, takeSnapshot } from '../follow/snapshot.ts';
import { type Standing, startStanding } from '../follow/standing.ts';
import type { Event } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { nowMs } from '../libc/time.ts';
import { observer } from '../observe/system.ts';
import type { ProbeContext, SettledLaunch } from './probe-context.ts';
import { isAtRest } from './rest.ts';

/** As long what is left has to stand elsewhere, on the clock of standing: a handler has run by then. Milliseconds. */
const standsMs = 250;

/**
 * And as long a signal has to be pending in one that blocks it and sleeps: who blocks signals except in a certain call
 * comes to that call by then.
 */
const blockedStandsMs = 1000;

/** Its parent, the stage, waits for it as soon as it has ended: a stage that does not hangs. Milliseconds. */
const reapedWithinMs = 10_000;

export interface Outcome {
  readonly decidedBy: DecidedBy;
  /** How it ended, `SIGHUP` or `exit status 1`; null if it is still there. */
  readonly ending: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly afterMs: number;
  readonly evidence: readonly string[];
}

export interface Stimulus {
  /** When it was done, CLOCK_MONOTONIC in milliseconds. */
  readonly atMs: number;
  /** Signals that came of it. */
  readonly signals: readonly string[];
  /** It concerns whoever has the launch terminal open. */
  readonly onTerminal: boolean;
  /** Processes of the program to which it went. */
  readonly reached: readonly number[];
}

type EndEvent = Event<'returned' | 'ended'>;

const isEndOf =
  (pid: number) =>
  (event: StageEvent): event is EndEvent =>
    (event.type === 'returned' || event.type === 'ended') && event.pid === pid;

export function endingOf({ exitCode, signal }: Pick<EndEvent, 'exitCode' | 'signal'>): string {
  return signal ?? `exit status ${exitCode}`;
}

/** How a process of the launch ended, once the stage has waited for it; null for one its own parent waits for. */
export async function endOf(launch: Launch, pid: number, deadlineMs: number): Promise<EndEvent | null> {
  return launch.until(isEndOf(pid), deadlineMs);
}

function hasTerminalOpen({ descriptors }: ObservedProcess): boolean {
  return isUnreadable(descriptors) || descriptors.some(({ kind }) => kind === 'terminal');
}

/** <signal.h> in POSIX.1-2024: by default these end nobody. */
const harmless: readonly string[] = ['SIGCONT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

/**
 * By a handler; or by sigwait(3) or a signalfd, for which every thread blocks it. Whoever was sent one that is neither
 * caught nor ignored, and is there, took it in that way: the thread that waits for it does not show that it blocks it.
 */
function takes(process: ObservedProcess, { signals: names, reached }: Stimulus): boolean {
  const { pid, signals, threadFacts } = process;
  if (isUnreadable(signals) || isUnreadable(threadFacts)) return true;
  return names.some((name) => {
    if (signals.caught.includes(name)) return true;
    if (harmless.includes(name) || signals.ignored.includes(name)) return false;
    return reached.includes(pid) || threadFacts.every(({ blocked }) => blocked.includes(name));
  });
}

/** One that took the signal by a handler may have changed its disposition there, and still be about to end. */
function mayStillReact(process: ObservedProcess, daemon: ObservedProcess, stimulus: Stimulus): boolean {
  if (process.waiting === 'no' || takes(process, stimulus)) return true;
  return process.pid === daemon.pid && takes(daemon, stimulus);
}

function pendingOf(signals: SignalSets, names: readonly string[]): readonly string[] {
  return names.filter((name) => signals.pending.includes(name));
}

/** What one look proves of the daemon; null if it proves nothing yet. */
export function proofOf(
  snapshot: Snapshot,
  daemon: ObservedProcess,
  stimulus: Stimulus,
  { stoodMs, moving }: Pick<Standing, 'stoodMs' | 'moving'>,
  { standsMs: neededMs = standsMs, mayEndByClock = false }: Pick<Watch, 'standsMs' | 'mayEndByClock'> = {},
): DecidedBy | null {
  const now = snapshot.processes.find(
    ({ pid, startTime }) => pid === daemon.pid && startTime === daemon.startTime,
  );
  // While one process ends the kernel may leave out another that lives, proc_tid_children(5).
  if (now === undefined) return snapshot.whole ? 'ended' : null;
  if (now.state === 'Z' || now.state === 'X') return 'ended';
  if (!snapshot.whole || isUnreadable(now.signals)) return null;
  // One that had stopped before was not stopped by this.
  if (now.state === 'T' && daemon.state !== 'T') return 'stopped';
  const pending = pendingOf(now.signals, stimulus.signals);
  if (pending.length > 0) {
    const { blocked } = now.signals;
    // One that wakes by its clock may unblock them then, as mosquitto does after each epoll_wait(2).
    const stood = stoodMs >= blockedStandsMs;
    const staysAsleep = now.waiting !== 'no' && (stood || now.waiting !== 'with-timeout');
    return staysAsleep && pending.every((name) => blocked.includes(name)) ? 'blocked' : null;
  }
  if (isAtRest(snapshot)) return 'nothing pending';
  // Whoever ends in time is still moving: it runs, or sleeps until a time.
  const wakesByClock = mayEndByClock && snapshot.processes.some(({ waiting }) => waiting === 'with-timeout');
  if (moving.length === 0 && stoodMs >= neededMs && !wakesByClock) return 'nothing pending';
  if (stimulus.onTerminal && snapshot.processes.some(hasTerminalOpen)) return null;
  if (stimulus.reached.length === 0) return 'nothing pending';
  // It may wake by its clock, but a signal that nobody takes has had its effect when it is no longer pending.
  return snapshot.processes.some((each) => mayStillReact(each, daemon, stimulus)) ? null : 'nothing pending';
}

function evidenceOf(snapshot: Snapshot, { pid }: ObservedProcess): readonly string[] {
  const now = snapshot.processes.find((each) => each.pid === pid);
  if (now === undefined || isUnreadable(now.signals)) return [];
  return [...observer().evidenceOf(now, 'state'), ...observer().evidenceOf(now, 'signals')];
}

export interface Watch {
  /** Given up then, whatever moves. Milliseconds from the stimulus. */
  readonly withinMs: number;
  /** How long what is left has to stand on the clock of standing. Milliseconds. */
  readonly standsMs?: number;
  /** Whoever has taken the signal and wakes by its clock may end at any of these times: the deadline alone tells. */
  readonly mayEndByClock?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Watches the daemon after a stimulus until there is proof. */
export async function outcomeOf(
  { launch, tree, daemon }: Pick<SettledLaunch, 'launch' | 'tree' | 'daemon'>,
  stimulus: Stimulus,
  { withinMs, signal, ...watch }: Watch,
): Promise<Outcome> {
  let last: Snapshot | null = null;
  const deadlineMs = stimulus.atMs + withinMs;
  const see = startStanding(deadlineMs);
  const proof = await lookUntil(
    () => {
      last = takeSnapshot(tree);
      const standing = last.whole ? see(last) : { stoodMs: 0, moving: ['it was read while it moved'] };
      return proofOf(last, daemon, stimulus, standing, watch);
    },
    { deadlineMs, signal },
  );
  const afterMs = Math.max(0, nowMs() - stimulus.atMs);
  const nothing = { ending: null, exitCode: null, signal: null };
  const evidence = last === null ? [] : evidenceOf(last, daemon);
  if (proof === 'stopped') return { ...nothing, ending: 'stopped', decidedBy: proof, afterMs, evidence };
  if (proof !== 'ended') return { ...nothing, decidedBy: proof ?? 'deadline', afterMs, evidence };
  const isReaped = !isUnreadable(daemon.parent) && daemon.parent.role !== 'other';
  const end = await endOf(launch, daemon.pid, nowMs() + (isReaped ? reapedWithinMs : standsMs));
  if (end === null) return { ...nothing, ending: 'ended', decidedBy: proof, afterMs, evidence: [] };
  const { exitCode, signal: by } = end;
  return {
    decidedBy: proof,
    ending: endingOf(end),
    exitCode,
    signal: by,
    afterMs: Math.max(0, end.atMs - stimulus.atMs),
    evidence: [
      `wait status of process ${daemon.pid}: ${by === null ? `exit status ${exitCode}` : `killed by ${by}`}`,
    ],
  };
}

/** Attempts together, as a finding. */
export function survivalOf(outcomes: readonly Outcome[], reached: readonly number[]): Survival {
  const counts = new Map<string, number>();
  for (const { ending } of outcomes) if (ending !== null) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  const endings = [...counts].map(([how, count]) => ({ how, count })).sort((a, b) => b.count - a.count);
  const deciding = outcomes.find(({ ending }) => ending !== null) ?? outcomes.at(-1);
  return {
    kind: 'survival',
    attempts: outcomes.length,
    survived: outcomes.filter(({ ending }) => ending === null).length,
    endings,
    decidedBy: deciding?.decidedBy ?? 'deadline',
    afterMs: Math.max(0, ...outcomes.map(({ afterMs }) => afterMs)),
    reached,
    evidence: deciding?.evidence ?? [],
  };
}

/** One settled launch, one deed, one answer. */
export async function survive(
  context: ProbeContext,
  settled: SettledLaunch,
  stimulus: () => Promise<Stimulus>,
): Promise<Survival | Unavailable> {
  const done = await stimulus();
  // One that never sleeps never stands: for it the time on the wall has to do.
  const withinMs = context.plain.settling.by === 'deadline' ? standsMs : context.timeoutMs;
  const outcome = await outcomeOf(settled, done, { withinMs, signal: context.signal });
  const concerned =
    done.reached.length > 0 || (done.onTerminal && settled.run.processes.some(hasTerminalOpen));
  return outcome.ending === null || concerned
    ? survivalOf([outcome], done.reached)
    : unavailable(`the daemon ended by itself (${outcome.ending}): what was done had not reached it`);
}
