/**
 * Whether a daemon outlived what was done to it, decided by evidence. kill(2) queues a signal before it returns, so
 * from its acknowledgement on a signal is pending, blocked for good, or has had its effect.
 */

import { type DecidedBy, type Survival, type Unavailable, unavailable } from '../facts/finding.ts';
import { isUnreadable, type SignalSets } from '../facts/process.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { type Snapshot, takeSnapshot } from '../follow/snapshot.ts';
import { type Standing, startStanding } from '../follow/standing.ts';
import type { Event } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { observer } from '../observe/system.ts';
import type { ProbeContext, SettledLaunch } from './probe-context.ts';
import { hasTerminalOpen } from './processes.ts';
import { isAtRest } from './rest.ts';

/**
 * Minimum time that the program must stand unchanged before a signal counts as survived, milliseconds on the clock of
 * `follow/standing.ts`: a signal handler has run by then.
 */
const standsMs = 250;

/**
 * Minimum time that a signal which the program blocks itself must stay pending in a sleeping process before it counts as
 * blocked for good, milliseconds on the same clock: a program that unblocks signals in one call only (ppoll(2),
 * epoll_pwait(2)) has reached that call by then. Who was only started with it blocked knows of no such call.
 */
const blockedStandsMs = 1000;

/**
 * Maximum time until the stage, its parent, has waited for an ended process, milliseconds: a stage that takes longer
 * hangs.
 */
const reapedWithinMs = 10_000;

/** Nobody can say what a program does that a tracer holds: it is neither shown what is pending, nor may it act. */
export class HeldByTracer extends Error {
  constructor(pid: number) {
    super(`a tracer holds process ${pid} (state t)`);
  }
}

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
  /** CLOCK_MONOTONIC, milliseconds. */
  readonly atMs: number;
  /** The signals it sent. */
  readonly signals: readonly string[];
  /** It reaches every process that has the launch terminal open. */
  readonly onTerminal: boolean;
  /** Process IDs of the program's processes to which a signal was sent. */
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

/** Signals whose default action ends no process: POSIX.1-2024, XBD <signal.h>. */
const harmless: readonly string[] = ['SIGCONT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

/**
 * Whether the process receives one of the signals: by a handler, or by sigwait(3) or a signalfd, for which every thread
 * blocks it. A process that is still there after a signal that it neither catches nor ignores has received it by
 * sigwait(3): the kernel shows the signal as not blocked in the thread that waits for it.
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

/** Whether the signal may still end it: its handler may have changed the disposition, and exit only later. */
function mayStillReact(process: ObservedProcess, daemon: ObservedProcess, stimulus: Stimulus): boolean {
  if (process.waiting === 'no' || takes(process, stimulus)) return true;
  return process.pid === daemon.pid && takes(daemon, stimulus);
}

function pendingOf(signals: SignalSets, names: readonly string[]): readonly string[] {
  return names.filter((name) => signals.pending.includes(name));
}

/** What one snapshot proves of the daemon; null if it proves nothing yet. */
export function proofOf(
  snapshot: Snapshot,
  daemon: ObservedProcess,
  stimulus: Stimulus,
  { stoodMs, moving }: Pick<Standing, 'stoodMs' | 'moving'>,
  { standsMs: neededMs = standsMs, mayEndByClock = false, isBlockInherited = false }: Partial<Watch> = {},
): DecidedBy | null {
  const now = snapshot.processes.find(
    ({ pid, startTime }) => pid === daemon.pid && startTime === daemon.startTime,
  );
  // While one process ends the kernel may leave out another that lives, proc_tid_children(5).
  if (now === undefined) return snapshot.whole ? 'ended' : null;
  if (now.state === 'Z' || now.state === 'X') return 'ended';
  // What a tracer was shown is pending no longer, and was not delivered either, ptrace(2), Signal-delivery-stop.
  if (now.state === 't') return null;
  if (!snapshot.whole || isUnreadable(now.signals)) return null;
  // A daemon that was stopped before the stimulus was not stopped by it.
  if (now.state === 'T' && daemon.state !== 'T') return 'stopped';
  const pending = pendingOf(now.signals, stimulus.signals);
  if (pending.length > 0) {
    const { blocked } = now.signals;
    // A sleep with a timeout may end in sigprocmask(2) that unblocks them, as mosquitto does after each epoll_wait(2).
    const hasGoneOn = isBlockInherited && moving.length === 0 && stoodMs >= standsMs;
    const stood = hasGoneOn || stoodMs >= blockedStandsMs;
    const staysAsleep = now.waiting !== 'no' && (stood || now.waiting !== 'with-timeout');
    return staysAsleep && pending.every((name) => blocked.includes(name)) ? 'blocked' : null;
  }
  if (isAtRest(snapshot)) return 'nothing pending';
  // A process that will end by itself runs, or sleeps with a timeout.
  const wakesByClock = mayEndByClock && snapshot.processes.some(({ waiting }) => waiting === 'with-timeout');
  if (moving.length === 0 && stoodMs >= neededMs && !wakesByClock) return 'nothing pending';
  if (stimulus.onTerminal && snapshot.processes.some(hasTerminalOpen)) return null;
  if (stimulus.reached.length === 0) return 'nothing pending';
  // A signal that no process receives has had its effect as soon as it is no longer pending, timeouts or not.
  return snapshot.processes.some((each) => mayStillReact(each, daemon, stimulus)) ? null : 'nothing pending';
}

function evidenceOf(snapshot: Snapshot, { pid }: ObservedProcess): readonly string[] {
  const now = snapshot.processes.find((each) => each.pid === pid);
  if (now === undefined || isUnreadable(now.signals)) return [];
  return [...observer().evidenceOf(now, 'state'), ...observer().evidenceOf(now, 'signals')];
}

function isHeld(snapshot: Snapshot | null, { pid }: ObservedProcess): boolean {
  return snapshot?.processes.find((each) => each.pid === pid)?.state === 't';
}

export interface Watch {
  /** Time limit, milliseconds from the stimulus. */
  readonly withinMs: number;
  /** Minimum time that the program must stand unchanged, milliseconds on the clock of `follow/standing.ts`. */
  readonly standsMs?: number;
  /**
   * A process that has received the signal and sleeps with a timeout may end at any wake-up: wait for the time limit.
   */
  readonly mayEndByClock?: boolean;
  /** A signal that is blocked was blocked in the start, and the program does not block it when it is started without. */
  readonly isBlockInherited?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Watches the daemon after a stimulus until there is proof.
 * @throws HeldByTracer
 */
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
  if (proof === null && isHeld(last, daemon)) throw new HeldByTracer(daemon.pid);
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

/** The finding made of all attempts. */
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

/** Applies the stimulus to one settled launch and tells whether the daemon outlived it. */
export async function survive(
  context: ProbeContext,
  settled: SettledLaunch,
  stimulus: () => Promise<Stimulus>,
): Promise<Survival | Unavailable> {
  const done = await stimulus();
  // A program that never sleeps never stands unchanged: elapsed time has to do.
  const withinMs = context.plain.settling.by === 'deadline' ? standsMs : context.timeoutMs;
  const outcome = await outcomeOf(settled, done, { withinMs, signal: context.signal });
  const concerned =
    done.reached.length > 0 || (done.onTerminal && settled.run.processes.some(hasTerminalOpen));
  return outcome.ending === null || concerned
    ? survivalOf([outcome], done.reached)
    : unavailable(`the daemon ended by itself (${outcome.ending}): what was done had not reached it`);
}
