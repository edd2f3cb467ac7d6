/** The timeline of a run as lanes, one for each process: when it came, from whom, what changed, and how it ended. */

import { isUnreadable } from '../../facts/process.ts';
import { observedEvents, type ProcessRole, type Run, type TimelineEvent } from '../../facts/run.ts';

export type ChangeKind = 'session' | 'process group' | 'terminal' | 'parent' | 'executable' | 'notification';

export interface Change {
  readonly kind: ChangeKind;
  readonly detail: string;
}

export interface Mark {
  readonly atMs: number;
  readonly changes: readonly Change[];
}

export interface Lane {
  readonly pid: number;
  /** `intermediate`: it came and went between the starter and the daemon. */
  readonly role: ProcessRole | 'intermediate';
  readonly name: string;
  readonly fromMs: number;
  /** null: it was still there at the end. */
  readonly toMs: number | null;
  /** How it ended; empty where that is not known. */
  readonly ending: string;
  /** The lane of its parent; null if that one was gone, or none of ours, when it was first seen. */
  readonly parent: number | null;
  readonly marks: readonly Mark[];
  /** When it left the session it was launched in: 0 if it was never seen there, null if it never did. */
  readonly ownSessionFromMs: number | null;
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** Processes there was no room for. */
  readonly left: number;
  readonly returnedAtMs: number | null;
  readonly settledAtMs: number;
}

const lanesAtMost = 16;

const kinds: Readonly<Partial<Record<TimelineEvent['event'], ChangeKind>>> = {
  'session-changed': 'session',
  'process-group-changed': 'process group',
  'terminal-changed': 'terminal',
  'parent-changed': 'parent',
  'executable-changed': 'executable',
  notified: 'notification',
};

export function lanesOf(run: Run): Lanes {
  const { starter, processes, settling } = run;
  const timeline = observedEvents(run);
  const pids = [
    ...new Set([starter.pid, ...timeline.map(({ pid }) => pid), ...processes.map(({ pid }) => pid)]),
  ];
  // A process that was found running was started by nobody.
  const known = pids.filter((pid) => pid > 0);
  const shown = known.slice(0, lanesAtMost);
  return {
    lanes: shown.map((pid) => laneOf(pid, run, shown)),
    left: known.length - shown.length,
    returnedAtMs: starter.returnedAfterMs,
    settledAtMs: Math.max(settling.afterMs, ...timeline.map(({ atMs }) => atMs)),
  };
}

function laneOf(pid: number, run: Run, shown: readonly number[]): Lane {
  const { starter, processes } = run;
  const own = observedEvents(run).filter((each) => each.pid === pid);
  const appeared = own.find(({ event }) => event === 'appeared');
  const ended = own.find(({ event }) => event === 'ended' || event === 'starter-returned');
  const process = processes.find((each) => each.pid === pid);
  const [, parent] = /^child of (\d+)/.exec(appeared?.detail ?? '') ?? [];
  const fromMs = pid === starter.pid ? 0 : (appeared?.atMs ?? own[0]?.atMs ?? run.settling.afterMs);
  const unseenEnd = process === undefined ? (own.at(-1)?.atMs ?? fromMs) : null;
  return {
    pid,
    role: pid === starter.pid ? 'starter' : (process?.role ?? 'intermediate'),
    name: process === undefined || isUnreadable(process.commandName) ? '' : process.commandName,
    fromMs,
    toMs: ended?.atMs ?? unseenEnd,
    ending: ended?.detail ?? '',
    parent: shown.find((each) => String(each) === parent) ?? null,
    marks: marksOf(own),
    ownSessionFromMs: ownSession(own, appeared, run),
  };
}

/** What changed at the same moment is one mark. */
function marksOf(own: readonly TimelineEvent[]): readonly Mark[] {
  const byMoment = new Map<number, Change[]>();
  for (const { atMs, event, detail } of own) {
    const kind = kinds[event];
    if (kind === undefined) continue;
    const changes = byMoment.get(atMs) ?? [];
    byMoment.set(atMs, changes);
    changes.push({ kind, detail });
  }
  return [...byMoment].map(([atMs, changes]) => ({ atMs, changes }));
}

function ownSession(
  own: readonly TimelineEvent[],
  appeared: TimelineEvent | undefined,
  { launch, starter, processes }: Run,
): number | null {
  const changed = own.find(({ event }) => event === 'session-changed');
  const [, first] = /session (\d+)/.exec(appeared?.detail ?? '') ?? [];
  if (first !== undefined && Number(first) !== launch.session) return 0;
  if (changed !== undefined) return changed.atMs;
  if (first !== undefined) return null;
  const pid = own[0]?.pid;
  const process = processes.find((each) => each.pid === pid);
  if (process === undefined || process.pid === starter.pid || isUnreadable(process.session)) return null;
  return process.session === launch.session ? null : 0;
}
